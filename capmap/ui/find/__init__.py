"""Find or run: boxes and commands by a few typed letters."""
