"""The record page, built once: a kind of record says what it holds, this package makes the pages."""
