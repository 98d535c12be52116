"""patrol over HTTP."""

blueprints: list = []
