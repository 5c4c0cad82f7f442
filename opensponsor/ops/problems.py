"""What goes wrong while the product is being run, said to the operator."""


class Problem(Exception):
    """A sentence for the operator: what is wrong and what to do. The command line prints it and returns 1."""
