"""How much is read. What is beyond is refused, so that no file can take the memory or the time of the machine."""

MAX_BYTES = 512 * 1024 * 1024
MAX_ROWS = 1_000_000
# A row may span several lines, and lines may be blank.
MAX_LINES = 20 * MAX_ROWS
MAX_COLUMNS = 500
# A longer field refuses its row.
MAX_FIELD = 10_000
# Characters of one row; a longer one is no row, but a file whose quotation marks or line ends are broken.
MAX_RECORD = 2_000_000
# Lists and records within each other.
MAX_DEPTH = 20
# Names of columns that are kept in a notice, and how much of each.
MAX_NAMES = 50
MAX_NAME = 80
