"""Drawing: the finished picture of a map as a list of marks, the same for every output."""
