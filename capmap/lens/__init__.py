"""Lenses: rules that give each capability a colour, a label and a place in a legend."""
