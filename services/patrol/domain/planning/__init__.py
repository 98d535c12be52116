"""A plan of the roster: laid out from templates, worked out week by week, put right by people, published."""
