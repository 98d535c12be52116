"""What services tell one another: a module a publisher, a class an event.

A published event may gain optional fields, and nothing else. Any other change is a
new class with the next version in its topic, published beside the old one until
nobody consumes the old one any more.
"""
