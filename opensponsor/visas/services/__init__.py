"""Writes of the context of visas: placing what a feed brought for no council that the platform knows."""
