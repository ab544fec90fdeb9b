"""Name pairs, normalised, split into words and divided into train, dev and test."""

import re
import unicodedata

# Letters that carry a mark which changes how newsrooms spell them keep it; all others lose it.
KEPT_MARKED = "éçñöü"
SINGLE_LETTER_FORMS = {
    "ł": "l", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ə": "a",
}
BANGLA_WORD = re.compile(r"[\u0981-\u09ce\u09dc-\u09e3\u200d]+\Z")
BANGLA_RUN = re.compile(r"[\u0981-\u09ce\u09dc-\u09e3\u200d]+")
LATIN_WORD = re.compile(r"[a-z%s]+\Z" % KEPT_MARKED)
PRECOMPOSED = {"ড\u09bc": "\u09dc", "ঢ\u09bc": "\u09dd", "য\u09bc": "\u09df", "ব\u09bc": "র"}


def latin(text):
    """Lower case, marks folded, apostrophes dropped."""
    out = []
    for letter in unicodedata.normalize("NFC", text).lower():
        if letter in KEPT_MARKED:
            out.append(letter)
            continue
        letter = SINGLE_LETTER_FORMS.get(letter, letter)
        out.append("".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)))
    return re.sub(r"[’'ʼʻ‘`]", "", "".join(out))


def bangla(text):
    """The canonical form: precomposed, joiners kept in র‍্য alone."""
    text = unicodedata.normalize("NFC", text)
    for parts, whole in PRECOMPOSED.items():
        text = text.replace(parts, whole)
    text = text.replace("\u09be\u09c7", "\u09cb").replace("ৰ", "র").replace("ত\u09cd\u200d", "ৎ")
    text = re.sub("র[\u200c\u200d]\u09cd?\u09af", "র\u0001", text)
    text = re.sub("[\u200b-\u200d\ufeff]", "", text)
    return text.replace("\u0001", "\u200d\u09cd\u09af")


TOKEN = re.compile(
    "[অএ]\u09cd\u09afা|\u200d?\u09cd\u09afা|\u200d?\u09cd[ক-হড়ঢ়য়]|.".replace("ড়", "\u09dc").replace("ঢ়", "\u09dd").replace("য়", "\u09df"),
    re.S,
)


def bangla_tokens(word):
    """Letters and signs; virama with the consonant it joins, ya-phala + aa (æ) as one."""
    return TOKEN.findall(word)


def words(english, bengali):
    """The word pairs of a name pair, or nothing where the words do not correspond one to one."""
    left = [w for w in re.split(r"[\s\-–./]+", latin(english)) if w]
    right = [w for w in re.split(r"[\s\-–./]+", bangla(bengali)) if w]
    if len(left) != len(right):
        return []
    return [(a, b) for a, b in zip(left, right) if len(a) > 1 and LATIN_WORD.match(a) and BANGLA_WORD.match(b)]


def split_of(name):
    """'train', 'dev' or 'test' by the hash of the source name: 80, 10 and 10 per cent."""
    hashed = 0xCBF29CE484222325  # FNV-1a, which the evaluation repeats
    for byte in name.strip().encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    bucket = (hashed >> 32) % 10
    return "dev" if bucket == 8 else "test" if bucket == 9 else "train"


def rows(path):
    with open(path, encoding="utf-8-sig") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2:
                yield cells


def names(path, part):
    return [p for a, b, *_ in rows(path) if split_of(a) == part for p in words(a, b)]


def places(paths):
    return [p for path in paths for a, b, *_ in rows(path) for p in words(a, b)]


def dakshina(path):
    """Attested romanisations with their counts; native word first in the file."""
    out = []
    for b, a, *count in rows(path):
        a, b = latin(a), bangla(b)
        if LATIN_WORD.match(a) and BANGLA_WORD.match(b):
            out.append((a, b, int(count[0]) if count else 1))
    return out
