"""Names as they are searched and sorted: one spelling for what people write in several."""

import re
import unicodedata

# Transliteration of Ukrainian, Cabinet of Ministers resolution 55 of 27 January 2010: what passports carry.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia",
}  # fmt: skip
# The same letters at the beginning of a word.
_FIRST_LETTERS = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# Russian letters in names of people from Ukraine, and Latin letters that have no accent to take off.
_OTHER_LETTERS = {
    "ё": "io", "ъ": "", "ы": "y", "э": "e",
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ`´ʻ′＇"))
_DOUBLED = "bdfhklmnprstvz"
# All that becomes of a text without other letters, as most names come.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    code: None for code in _APOSTROPHES if code < 128
}

# How a name sounds, as far as those who write it agree: what one writes with several letters is heard as one, whole
# groups first; then single letters, and all vowels alike.
_HEARD = (
    ("shch", "s"), ("szcz", "s"), ("sch", "s"), ("sh", "s"), ("sz", "s"), ("zh", "z"),
    ("tch", "k"), ("ch", "k"), ("cz", "k"), ("ts", "k"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t"),
    ("x", "ks"),
)  # fmt: skip
_VOWEL = re.compile("[aeiouyj]")
_THREE_TIMES = re.compile(r"(.)\1\1")
_HEARD_LETTERS = str.maketrans("wgcqaeiouyj", "vhkkaaaaaaa")


def search_form(*parts: str) -> str:
    """The parts of a name as one text to compare: Latin, small, without accents, apostrophes and punctuation.

    `search_form("Кова́ль", "Мар’яна")` and `search_form("KOVAL", "Mar'iana")` are both `koval mariana`.
    """
    whole = " ".join(parts)
    if whole.isascii():
        return " ".join(whole.translate(_ASCII).split())
    text = unicodedata.normalize("NFC", whole).translate(_APOSTROPHES).casefold()
    # What NFC leaves apart from its letter is the stress mark of a dictionary.
    text = _without_marks(text)
    text = _without_marks(unicodedata.normalize("NFKD", _in_latin(text)))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def sound_form(name: str) -> str:
    """How the words of a name in its form for searching sound, with a space before and after each.

    A skeleton of consonants: spellings of one name in several romanisations are one (kh, g and h; shch and sch; ts, ch
    and c; w and v), and so are doubled letters. Of the vowels only a first one is kept, and which it is makes no
    difference: `halyna oleksandr` and `galina alexander` are both ` hln alksndr `. PostgreSQL keeps it beside each
    name, by its own function `core_sound`, which must say the same.
    """
    text = f" {name} "
    for written, heard in _HEARD:
        text = text.replace(written, heard)
    text = text.translate(_HEARD_LETTERS)
    for letter in _DOUBLED:
        # Twice, for up to four of them.
        text = text.replace(letter * 2, letter).replace(letter * 2, letter)
    return text.replace(" a", " _").replace("a", "").replace(" _", " a")


def sounds(word: str) -> tuple[str, ...]:
    """All that a word may sound like that somebody typed for a name: `j` is also read as `zh`, and `ch` as `kh`.

    Nothing for a word without a vowel or with a letter three times running: no name is written so, and what is left of
    it is somebody's name by chance.
    """
    if not _VOWEL.search(word) or _THREE_TIMES.search(word):
        return ()
    return tuple(dict.fromkeys(map(sound_form, (word, word.replace("j", "zh"), word.replace("ch", "kh")))))


def one_error_off(word: str) -> str:
    """A regular expression of all that becomes of the word with one typing error, for PostgreSQL and Python alike.

    A letter too many, too few, another one, or two that changed places. Empty for a word of fewer than four letters, of
    which too much else is one error off, and of more than twenty.
    """
    if not (word.isalpha() and 4 <= len(word) <= 20):
        return ""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    one_more = [f"{before}[^ ]{after}" for before, after in parts]
    one_less = [f"{before}[^ ]?{after[1:]}" for before, after in parts if after]
    swapped = [f"{before}{after[1]}{after[0]}{after[2:]}" for before, after in parts if len(after) > 1]
    return f"(?:{'|'.join((*one_more, *one_less, *swapped))})"


def left_by_one_error(word: str) -> tuple[str, str, str]:
    """Letters of which some are left whole by any one typing error in the word: either half of it, or the two halves
    where the letters that meet have changed places. To look for them costs less than the expression of all errors.
    """
    middle = len(word) // 2
    first, second = word[:middle], word[middle:]
    return first, second, f"{first[:-1]}{second[:1]}{first[-1:]}{second[1:]}"


def _in_latin(text: str) -> str:
    latin: list[str] = []
    before = " "
    for letter in text:
        table = _LETTERS if before.isalpha() or letter not in _FIRST_LETTERS else _FIRST_LETTERS
        # "зг" is "zgh", lest it be read as "ж".
        latin.append("gh" if before + letter == "зг" else table.get(letter, _OTHER_LETTERS.get(letter, letter)))
        before = letter
    return "".join(latin)


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter))
