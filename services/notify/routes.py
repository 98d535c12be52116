"""notify over HTTP."""

blueprints: list = []
