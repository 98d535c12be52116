"""On the way: what a crew does between its start and its end, besides checking in."""
