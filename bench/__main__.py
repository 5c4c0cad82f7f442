"""`make bench`: every measurement, or those named: `python -m bench start`."""

import importlib
import sys

MEASUREMENTS = ("start", "importer", "pages", "names")


def main() -> None:
    """Run the measurements one after another, so that they do not disturb each other."""
    for name in sys.argv[1:] or MEASUREMENTS:
        print(f"\n{name}")
        importlib.import_module(f"bench.{name}").measure()


main()
