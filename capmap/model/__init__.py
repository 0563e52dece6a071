"""What a map is made of: records, the changes that alter them, and the rules they keep."""
