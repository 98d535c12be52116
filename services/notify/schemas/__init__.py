"""The shapes of notify on HTTP."""
