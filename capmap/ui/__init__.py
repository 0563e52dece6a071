"""The window: canvas, outline, inspector and the gestures that edit a map."""
