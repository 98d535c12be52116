"""One machine, nothing to install: PostgreSQL and Valkey from their wheels, and our programs beside them."""
