"""The lecture hall's terms: dates, a plan that says why, and its publishing."""
