"""What can be wrong with a file, with a row of it, or worth saying about it: codes that are stored, and sentences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a whole file is not read. Nothing of it is loaded."""

    EMPTY = "EMPTY", _("The file is empty.")
    NO_ROWS = "NO_ROWS", _("The file has the names of columns but no rows.")
    ARCHIVE = "ARCHIVE", _("The file is packed, such as a zip file. Unpack it and bring what is inside.")
    SPREADSHEET = "SPREADSHEET", _("The file is a spreadsheet or a zip file. Save it as CSV in UTF-8 and bring that.")
    PDF = "PDF", _("The file is a PDF document. Bring the CSV or JSON Lines file.")
    UTF16 = "UTF16", _("The file is in UTF-16. Save it in UTF-8 and bring it again.")
    NOT_UTF8 = "NOT_UTF8", _("The file is not in UTF-8, so letters would come out wrong. Save it in UTF-8.")
    NUL_BYTES = "NUL_BYTES", _("The file holds bytes that are not text. It may be damaged or of another kind.")
    JSON_ARRAY = "JSON_ARRAY", _("The file is one JSON list. It must be JSON Lines: one record on each line.")
    NOT_JSON_LINES = "NOT_JSON_LINES", _("No line of the file is a record. It must be JSON Lines: one record a line.")
    NOT_CSV_HERE = "NOT_CSV_HERE", _("Expressions of interest come as JSON Lines; this file is not.")
    OTHER_SEPARATOR = "OTHER_SEPARATOR", _("The columns of the file must be separated by commas.")
    NO_KEY_COLUMN = "NO_KEY_COLUMN", _("The file lacks the column that tells its rows apart.")
    DUPLICATE_COLUMN = "DUPLICATE_COLUMN", _("Two columns of the file have the same name.")
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS", _("The file has more columns than can be read.")
    TOO_MANY_ROWS = "TOO_MANY_ROWS", _("The file has more rows than can be read at once. Split it.")
    TOO_MANY_BYTES = "TOO_MANY_BYTES", _("The file is larger than can be read at once. Split it.")
    RECORD_TOO_LONG = (
        "RECORD_TOO_LONG",
        _("A row of the file does not end where it should. A quotation mark or the end of a line may be missing."),
    )
    TRUNCATED = "TRUNCATED", _("The file breaks off in the middle of its last row. Fetch it again.")
    NO_GOOD_ROW = (
        "NO_GOOD_ROW",
        _("No row of the file can be taken. What is wrong with its rows is listed, up to 1,000 faults."),
    )
    FAILED = "FAILED", _("Loading the file failed for a reason that is not in the file. Tell who runs the platform.")


class Reason(models.TextChoices):
    """Why a row, or a field of it, was not taken."""

    MISSING_KEY = "MISSING_KEY", _("The number that identifies the row is missing.")
    INVALID_KEY = "INVALID_KEY", _("This is not a number that identifies a row.")
    INVALID_DATE = "INVALID_DATE", _("This is not a date.")
    INVALID_MOMENT = "INVALID_MOMENT", _("This is not a date and time.")
    INVALID_YES_NO = "INVALID_YES_NO", _("This is neither yes nor no.")
    INVALID_NUMBER = "INVALID_NUMBER", _("This is not a number, or not one that can be right.")
    INVALID_CHOICE = "INVALID_CHOICE", _("This is none of the values that can stand here.")
    INVALID_EMAIL = "INVALID_EMAIL", _("This is not an email address.")
    NOT_TEXT = "NOT_TEXT", _("A list or a record stands here instead of one value.")
    IN_FUTURE = "IN_FUTURE", _("This is in the future. Nothing newer could ever count.")
    BORN_IN_FUTURE = "BORN_IN_FUTURE", _("The date of birth is in the future.")
    BORN_TOO_EARLY = "BORN_TOO_EARLY", _("The date of birth is before 1900.")
    TOO_LONG = "TOO_LONG", _("The value is longer than can be kept.")
    WRONG_COLUMNS = "WRONG_COLUMNS", _("The row has another number of fields than it should.")
    NOT_JSON = "NOT_JSON", _("The line is not JSON.")
    NOT_OBJECT = "NOT_OBJECT", _("The line is not a record.")
    BAD_CHARACTER = "BAD_CHARACTER", _("The value holds characters that cannot be kept.")
    NOTIONAL = "NOTIONAL", _("The row is marked as test data, which is never loaded into a live system.")
    WRONG_TYPE = "WRONG_TYPE", _("The record is not an expression of interest.")
    OTHER_NATION = "OTHER_NATION", _("The row is about another nation than yours.")
    REPEATED = "REPEATED", _("A newer row of the same file has the same number; that one was taken.")


class Notice(models.TextChoices):
    """What is worth saying about a file, once."""

    UNKNOWN_COLUMNS = "UNKNOWN_COLUMNS", _("Columns that are not known; kept with the row and not used:")
    MISSING_COLUMNS = "MISSING_COLUMNS", _("Columns that the file usually has and this one lacks:")


# Where in a file something is, as it is said after a sentence.
PLACES = {"line": _("line %(line)s"), "column": _("column “%(column)s”")}
