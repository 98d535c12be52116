"""members over HTTP."""

blueprints: list = []
