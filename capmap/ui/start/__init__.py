"""The start page: what the window shows when no map is open."""
