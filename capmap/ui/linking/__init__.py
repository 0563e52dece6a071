"""Linking: services, projects and all else tied to boxes, by dragging and by typing."""
