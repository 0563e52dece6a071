"""Views: ways of looking at the map that are kept in it under a name."""
