"""Pure rules over published facts: no database, no clock, no files."""
