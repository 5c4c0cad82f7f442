"""`python -m opensponsor` is the operator's command line."""

import sys

from opensponsor.ops.cli import main

sys.exit(main())
