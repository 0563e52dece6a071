"""The canvas: the map on screen, and what mouse and keys do to it."""
