"""The panels beside the canvas: outline, inspector, history."""
