"""Calls for many hands: raised, rung in rings, answered, stood down, reviewed."""
