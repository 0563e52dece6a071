"""Lenses of one's own: the editor beside the map, its parts, and what the window does with saved lenses."""
