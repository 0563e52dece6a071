"""Filters: the panel in which conditions are set, and the line that says that a filter is on."""
