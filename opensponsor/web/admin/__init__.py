"""What the operator of the platform and national bodies do: organisations, accounts, reports."""
