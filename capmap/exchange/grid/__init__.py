"""Grid: the records of one kind as rows and columns of texts, and texts typed or pasted there as Changes."""
