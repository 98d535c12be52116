"""How the database came to be what it is. `python -m migrations` brings it up to date."""
