"""What is done to organisations, accounts and memberships, one function per action, by noun."""
