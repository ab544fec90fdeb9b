"""Pairs of which a large language model wrote one side, as files for prepare.py.

  python teacher.py --out PAIRS [--back BACK/back.json]      # -> PAIRS/sent_teacher_prose.tsv, sent_teacher_news.tsv

teacher/prose.tsv.xz has `english<TAB>bangla<TAB>source` a line: sentences of open English texts and their Bangla (source `written`: both sides are the
model's). teacher/news.tsv.xz has
`digest<TAB>english`: the English of sentences of Bangla news, which are not part of this project. `back.py text` reads the sets and writes the
sentences (BACK/back.json); whichever of them has a digest in the file becomes a pair.
"""
import argparse, hashlib, json, lzma, os
from text import bangla

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "teacher")

def digest(sentence):
    """What a Bangla sentence is known by: it stays the same for as long as text.py does."""
    return hashlib.sha256(bangla(sentence).encode()).hexdigest()[:12]

def rows(name):
    with lzma.open(os.path.join(HERE, name), "rt", encoding="utf-8") as f:
        for line in f: yield line.rstrip("\n").split("\t")

def main():
    a = argparse.ArgumentParser(); a.add_argument("--out", required=True); a.add_argument("--back"); a = a.parse_args(); os.makedirs(a.out, exist_ok=True)
    def write(name, pairs):
        with open(os.path.join(a.out, name), "w", encoding="utf-8") as f: n = sum(bool(f.write(f"{e}\t{b}\n")) for e, b in pairs)
        print(name, n)
    write("sent_teacher_prose.tsv", ((e, b) for e, b, _ in rows("prose.tsv.xz")))
    if a.back:
        known = dict(rows("news.tsv.xz")); texts = dict.fromkeys(json.loads(line)[0] for line in open(a.back, encoding="utf-8"))
        write("sent_teacher_news.tsv", ((known[d], b) for b in texts for d in [digest(b)] if d in known))

if __name__ == "__main__": main()
