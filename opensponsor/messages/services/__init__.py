"""Telling people by mail, and what is done to accounts together with telling about it."""
