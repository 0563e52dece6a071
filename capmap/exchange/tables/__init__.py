"""Tables: the records of every kind as sheets and CSV files, written for other programs and taken in again."""
