"""Bytes that come in, read as records one by one; nothing here knows what the records mean."""
