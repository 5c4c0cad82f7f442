"""Names as they are searched and sorted: one spelling for what people write in several."""

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
# All that becomes of a text without other letters, as most names come.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    code: None for code in _APOSTROPHES if code < 128
}


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
