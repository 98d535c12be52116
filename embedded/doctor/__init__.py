"""Says in plain words what is wrong with an installation, and what to do: python -m embedded.doctor"""
