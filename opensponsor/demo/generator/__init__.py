"""Synthetic people, hosts and offers as the files that real feeds send. The same seed gives the same files anywhere.

Every household is made from its number alone, so that files of any length are written in constant memory, the file of
the next day can repeat what it does not change, and one household can copy another as real duplicates do.
"""
