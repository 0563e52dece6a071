"""Tables: the records of each kind in rows that edit like a spreadsheet, below the map."""
