"""When a file waits for another person: a mistaken or forged one must not rewrite everybody's records."""

MOST_PERCENT = 10
AT_LEAST = 100


def must_be_held(*, changed: int, existing: int) -> bool:
    """Whether too many of the rows there are would change: more than a tenth, and a hundred at least."""
    return changed >= AT_LEAST and changed * 100 > existing * MOST_PERCENT
