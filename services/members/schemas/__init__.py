"""The shapes of members on HTTP."""
