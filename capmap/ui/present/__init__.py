"""Present mode: one branch at a time on the room's screen, scored by keyboard."""
