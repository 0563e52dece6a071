"""Answers: questions asked in the window, and what comes of them beside the map."""
