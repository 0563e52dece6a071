"""The map file: an SQLite database that holds the records and the journal of every change."""
