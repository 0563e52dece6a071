"""Layout: where each box of a map stands and how its name is broken into lines."""
