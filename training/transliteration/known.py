"""Writes the sets of words that Bangla texts and names hold, as Bloom filters: `src/language/transliterate/known.rs` reads them.

A rendering that is a word of the language is likelier right than one that nobody ever wrote. The filter answers
whether a word is in the set, wrongly with "yes" for about three in a thousand; no word can be read out of it.
"""

import argparse
import struct
from pathlib import Path

import pairs

MAGIC = b"anubadW1"
HASHES = 8
BITS_PER_WORD = 12
# Lists of words and texts, below the folder of the data. Nothing that the evaluation reads is among them.
SOURCES = [
    "parallel/*.tsv", "glossaries/*.tsv", "eval/names/*.txt", "eval/names/*.jsonl",
]


def hashed(word):
    value = 0xCBF29CE484222325  # FNV-1a, then a finaliser: the halves must not depend on each other
    for byte in word.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD % 2**64
    return value ^ value >> 33


def of_texts(data):
    files = [path for pattern in SOURCES for path in sorted(Path(data).glob(pattern))]
    words = set()
    for path in [*files, Path(__file__).with_name("newsroom.tsv")]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            words.update(w for w in pairs.BANGLA_RUN.findall(pairs.bangla(line)) if len(w) > 1)
    return words


def of_names(data):
    """Of the train split: what is measured on the others has not been seen."""
    return {b for _, b in pairs.names(Path(data, "eval/transliteration/names.train.tsv"), "train")}


def encoded(words):
    size = (len(words) * BITS_PER_WORD + 7) // 8
    bits = bytearray(size)
    for word in words:
        value = hashed(word)
        low, high = value & 0xFFFFFFFF, value >> 32 | 1
        for i in range(HASHES):
            bit = (low + i * high) % (size * 8)
            bits[bit // 8] |= 1 << bit % 8
    return MAGIC + struct.pack("<B", HASHES) + bytes(bits)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder that holds eval/, glossaries/ and parallel/")
    parser.add_argument("--out", required=True, help="folder for the sets, such as src/language/transliterate")
    arguments = parser.parse_args()
    for title, words in {"texts": of_texts(arguments.data), "names": of_names(arguments.data)}.items():
        data = encoded(words)
        Path(arguments.out, f"{title}.words").write_bytes(data)
        print(f"{title}: {len(words)} words, {len(data)} bytes")


if __name__ == "__main__":
    main()
