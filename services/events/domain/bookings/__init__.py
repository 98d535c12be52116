"""Bookings of venues: picture (what is free), suggestions, making, steps, moving, waiting, confirming."""
