"""The people whom applications brought."""
