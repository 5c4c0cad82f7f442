"""Visa applications as the feed tells them, and where each field comes from."""
