"""Storms over the running product, and the ledger that must balance after each."""
