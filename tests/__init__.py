"""The promises, held by real Postgres, real Valkey and a real browser."""
