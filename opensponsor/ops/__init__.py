"""Running the product: the two commands, the embedded PostgreSQL, backup and restore, health."""
