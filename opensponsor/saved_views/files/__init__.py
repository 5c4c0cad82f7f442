"""Writing a list into a file. Cells come from the column registry, so that a file shows what the page shows."""
