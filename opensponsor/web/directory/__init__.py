"""What every member may look up: champions of other organisations, and what each role sees."""
