"""The people of an organisation: their roles and accounts, who asks to join, who still needs access."""
