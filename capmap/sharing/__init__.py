"""Sharing: a file made of a map as somebody ordered it; the window and the command line order alike."""
