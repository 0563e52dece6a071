"""Actions: all that can be done in the window, as data; a menu is one module."""
