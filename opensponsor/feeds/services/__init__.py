"""Bringing files, reading them and making records from them."""
