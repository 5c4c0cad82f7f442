"""What users do to a case, one function per action, by noun."""
