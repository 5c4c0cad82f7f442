"""Recording checks, and keeping what they say together."""
