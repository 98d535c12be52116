"""events over HTTP."""

blueprints: list = []
