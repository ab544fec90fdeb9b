"""Writes src/mark/name/english-words.txt: ordinary English words, with which sentences begin and which are no names.

    python words.py --data PARALLEL --lexicon ../../src/mark/name/english.tsv --out ../../src/mark/name/english-words.txt

PARALLEL holds `english<TAB>bangla` lists. Only those are read that are CC0, MIT or Apache-2.0 (README.md names them). A word
counts as ordinary when it is written small much more often than with a capital inside a sentence. What `english.tsv` calls a
name and not also a word stays out.
"""

import argparse
import collections
import pathlib
import re

SENTENCES = ["sent_tico19", "sent_tech_ms_beginners_llm", "sent_kolibri", "sent_aosp", "sent_simple_health",
             "sent_wikipedia_android", "sent_home_assistant", "sent_hf_course"]
DICTIONARY = "lex_shobdo"
WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
LEAST = 1          # times in sentences
LEAST_GLOSSES = 2  # times in the glosses of the dictionary, which writes names small too
SHARE = 0.7        # written small, of the occurrences inside a sentence


def english(path):
    for line in path.open(encoding="utf-8"):
        yield line.split("\t", 1)[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--lexicon", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    names, words = set(), set()
    for line in args.lexicon.open(encoding="utf-8"):
        if not line.startswith("#"):
            word, kind = line.rstrip("\n").split("\t")
            (names if kind in ("given", "surname") else words).add(word.lower())
    small, capital, glosses = collections.Counter(), collections.Counter(), collections.Counter()
    for name in SENTENCES:
        for text in english(args.data / f"{name}.tsv"):
            for match in WORD.finditer(text):
                word = match.group()
                if word.islower():
                    small[word] += 1
                elif re.search(r"[\w,] $", text[:match.start()]):
                    capital[word.lower()] += 1
    for text in english(args.data / f"{DICTIONARY}.tsv"):
        found = WORD.findall(text)
        glosses.update(w for w in found if w.islower() and len(found) > 1)
    ordinary = {w for w in small if small[w] >= LEAST and small[w] >= SHARE * (small[w] + capital[w])}
    ordinary |= {w for w, n in glosses.items() if n >= LEAST_GLOSSES and small[w] >= capital[w]}
    ordinary = sorted(w for w in ordinary if len(w) > 1 and "'" not in w and (w not in names or w in words))
    args.out.write_text("\n".join(ordinary) + "\n", encoding="utf-8")
    print(len(ordinary), "words")


if __name__ == "__main__":
    main()
