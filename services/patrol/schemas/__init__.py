"""The shapes of patrol on HTTP."""
