"""Time: the strip under the map that shows another day, what changes between two, and pictures of a stretch of time."""
