"""The demo set "三顺店 2026": invented people in a real register, loaded through the same doors as everybody uses.

Only what is over for weeks is written into a table: past.py.
"""
