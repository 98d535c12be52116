"""The shapes of events on HTTP."""
