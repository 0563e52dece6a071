"""Files: maps opened, made, imported and exported, with long work done aside."""
