"""Writes src/mark/name/bangla-words.txt: ordinary Bangla words, which are no part of a name.

    python bangla_words.py --prep PREP --lexicon ../../src/mark/name/bangla.tsv --out ../../src/mark/name/bangla-words.txt

PREP is what `../prepare.py` left: pairs with their words aligned. Only those are read that are CC0, MIT or Apache-2.0, and those that were
written for this project (README.md names them). A word counts as ordinary when the words at its place in English are written small, but for a few,
inside of a sentence. What `bangla.tsv` calls a word of names stays out.
"""

import argparse
import collections
import os
import pathlib
import pickle
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from prepare import core  # noqa: E402
from teacher import rows  # noqa: E402
from text import english  # noqa: E402

SETS = {"tico19", "tech_ms_beginners_llm", "kolibri", "aosp", "simple_health", "wikipedia_android", "home_assistant", "hf_course"}
WORD = re.compile("[\u0980-\u09ff\u200c\u200d]{2,}")
LEAST = 12    # times in sentences
CAPITALS = 0.1  # of these, with a capital in English, at most


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prep", type=pathlib.Path, required=True)
    parser.add_argument("--lexicon", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    names = set()
    for line in args.lexicon.open(encoding="utf-8"):
        word, _, kind = line.rstrip("\n").partition("\t")
        if kind in ("given", "surname", "place"):
            names.add(word)
    written = {english(e) for e, _, source in rows("prose.tsv.xz") if source == "written"}
    small, capital = collections.Counter(), collections.Counter()
    with open(os.path.join(args.prep, "pairs.pkl"), "rb") as prepared:
        pairs = pickle.load(prepared)["sent"]
    for _, source, target, links, _, name, *_ in pairs:
        if name not in SETS and " ".join(source) not in written:
            continue
        for i, j in links:
            word, other = core(target[j])[1], core(source[i])[1]
            if i and WORD.fullmatch(word) and other[:1].isalpha():
                (capital if other[0].isupper() else small)[word] += 1
    ordinary = sorted(w for w, n in small.items() if n >= LEAST and capital[w] <= CAPITALS * (n + capital[w]) and w not in names)
    args.out.write_text("\n".join(ordinary) + "\n", encoding="utf-8")
    print(len(ordinary), "words")


if __name__ == "__main__":
    main()
