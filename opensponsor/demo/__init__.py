"""Synthetic staff and cases for a demo installation.

Nothing here is a real person, and nothing of it runs in a live system.
"""
