"""Back-translation: Bangla news text with machine-made English, so that the Bangla decoder has seen news.

  python back.py text --punctuated FILE --tagged FILE… --plain FILE… --out BACK [--never EVAL.bn…]   # -> BACK/back.bn, one sentence a line, values as holes
  ENGINE MODELS/bn-en --beam 4 < BACK/back.bn > BACK/back.en
  python back.py pairs --tagged FILE… --out BACK                                        # -> BACK/sent_back_bangla.tsv, for prepare.py

Figures and, where the text says which words they are, names go to the model as holes: a draft model garbles both, and a pair in which the two
sides name different people teaches invention. `pairs` writes the figures back on both sides; names stay holes, numbered in the order of the Bangla, and a pair
with a name that is no hole goes.
A punctuated file has `word<TAB>O|COMMA|PERIOD|QUESTION` lines, a tagged one `word<TAB>tag` with blank lines between sentences or
JSON lines `[sentence, tags]`, a plain one a sentence a line: there, names are the words that the tagged ones mostly have as such.
"""
import argparse, collections, json, os, re
from prepare import clean, core, ends
from text import HOLES, TO_ASCII, bangla, common, english

MARKS, FIGURE = re.compile(r"([।?!,;:\"()–])"), re.compile(r"[০-৯][০-৯.,/]*[০-৯]|[০-৯]")
TAILS = {"এর": "-এর", "-র": "-এর", "র": "-এর", "এ": "-এ", "তে": "-এ", "-তে": "-এ", "কে": "-কে", "ও": "-ও"}

def punctuated(path):
    out = []
    for line in open(path, encoding="utf-8"):
        word, _, mark = line.rstrip("\n").partition("\t")
        out.append(word + {"COMMA": ",", "PERIOD": "।", "QUESTION": "?"}.get(mark, ""))
        if mark in ("PERIOD", "QUESTION"): yield " ".join(out), None; out = []

def joined(words):
    """Words and marks of their own as one writes them, and the tag of each word."""
    out, tags = [], []
    for w, t in words:
        if re.fullmatch(r"[।?!,;:)’”]+", w) and out: out[-1] += w
        elif out and out[-1][-1] in "(‘“": out[-1] += w; tags[-1] = t
        else: out.append(w); tags.append(t)
    return " ".join(out), tags

def tagged(path):
    lines = open(path, encoding="utf-8-sig").read().split("\n")
    if path.endswith(".jsonl"):
        for line in filter(None, lines):
            text, tags = json.loads(line); words = MARKS.sub(r" \1 ", text).split()
            if len(words) == len(tags): yield joined(zip(words, tags))
            else: yield text, None
        return
    words = []
    for line in lines + [""]:
        p = line.split("\t")
        if len(p) == 2 and p[0].strip(): words.append((p[0].strip(), p[1].strip()))
        elif words: yield joined(words); words = []

def named(tags):
    """Spans of words that are a name, whichever of the two ways of tagging."""
    i = 0
    while i < len(tags):
        kind = tags[i].split("-")[-1] if "-" in tags[i] else ""
        j = i
        while kind in ("PER", "PERSON", "LOC", "ORG") and j + 1 < len(tags) and tags[j + 1].endswith("-" + kind) and tags[j + 1][0] in "IL": j += 1
        if kind in ("PER", "PERSON") or kind in ("LOC", "ORG") and tags[i][0] in "BU": yield i, j, kind
        i = j + 1

def holes(words, tags, stems):
    """The sentence with values as holes, and what stands in them: figures, or nothing for a name."""
    out, what, spans = [], [], {i: (j, k) for i, j, k in named(tags)} if tags else {}; i = 0
    while i < len(words):
        if i in spans:
            j = spans[i][0]; before, last = core(words[i])[0], core(words[j])
            if last[1] and not any(core(w)[2] for w in words[i:j]):
                options = [(stems[s], s, e) for s, e in ends(last[1])]; _, stem, ending = max(options, key=lambda o: (o[0] > 1 and o[2] != "", o[0]))
                out.append(before + HOLES[len(what) % 16] + ending + last[2]); what.append(None); i = j + 1; continue
        before, w, after = core(words[i]); m = FIGURE.match(w)
        if m:
            tail = w[m.end():]; out.append(before + HOLES[len(what) % 16] + TAILS.get(tail, tail) + after); what.append(m[0].translate(TO_ASCII))
        else: out.append(words[i])
        i += 1
    return " ".join(out), what

def tagged_words(files, kinds):
    """Words that the tagged files have as such a name more often than half as often as anything else, and as which kind."""
    name, other = collections.Counter(), collections.Counter()
    for f in files:
        for s, tags in tagged(f):
            for w, t in zip(bangla(s).split(), tags or []):
                kind = next((k for k in kinds if k in t), None); w = core(w)[1]
                if kind: name[w, kind] += 1
                else: other[w] += 1
    return {w: kind for (w, kind), n in name.items() if len(w) >= 3 and n > other[w] * 0.5}

def looked_up(words, names):
    """Tags of words by what is known of each: neighbours of a kind are one name."""
    tags = []
    for w in words:
        kind = next((names[s] for s, _ in ends(core(w)[1]) if s in names), None)
        tags.append("O" if not kind else ("I-" if tags and tags[-1].endswith(kind) else "B-") + kind)
    return tags

def text(a):
    seen, never, sets, names = set(), set(), [], tagged_words(a.tagged, ("PER", "LOC", "ORG"))
    grams = lambda s: {tuple(x[i:i + 6]) for x in [re.findall(r"[\u0980-\u09ff]+", s)] for i in range(len(x) - 5)}
    for f in a.never:
        for line in open(f, encoding="utf-8"): never |= grams(bangla(line))
    if a.punctuated: sets += list(punctuated(a.punctuated))
    for f in a.tagged: sets += list(tagged(f))
    for f in a.plain: sets += [(l, looked_up(bangla(l).split(), names)) for l in open(f, encoding="utf-8").read().splitlines()]
    rows, stems = [], collections.Counter(); dropped = collections.Counter()
    for s, tags in sets:
        n = len(s.split()); s = bangla(s)
        if tags and len(s.split()) != n: tags = None          # putting the text right moved words
        words = s.split()
        if not 5 <= len(words) <= 28 or s[-1] not in "।?!": dropped["length or end"] += 1; continue
        if re.search(r"[A-Za-z()\[\]/*#_<>\ufffd]", s) or s.count('"') % 2: dropped["marks"] += 1; continue
        if s in seen: dropped["twice"] += 1; continue
        if grams(s) & never: dropped["in a test set"] += 1; continue
        seen.add(s); rows.append((words, tags)); stems.update(core(w)[1] for w in words)
    with open(os.path.join(a.out, "back.bn"), "w", encoding="utf-8") as t, open(os.path.join(a.out, "back.json"), "w", encoding="utf-8") as j:
        n = collections.Counter()
        for words, tags in rows:
            s, what = holes(words, tags, stems)
            if len(what) > 7: n["too many values"] += 1; continue
            t.write(s + "\n"); j.write(json.dumps([" ".join(words), what], ensure_ascii=False) + "\n"); n["names" if None in what else "figures" if what else "words alone"] += 1
    print(dict(n), "dropped", dict(dropped))

PLAIN = set("I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Bangladesh Dhaka India English Bengali Internet".split())
def is_named(e, b, names):
    """Whether a name stands in a pair that is no hole: a model that sees such pairs makes names up."""
    capitals = (core(w)[1].removesuffix("'s") for w in e.split()[1:])
    return any(c[:1].isupper() and c not in PLAIN for c in capitals) or any(s in names for w in b.split() for s, _ in ends(core(w)[1]))

def pairs(a):
    kept, names = collections.Counter(), tagged_words(a.tagged, ("PER",))
    with open(os.path.join(a.out, "sent_back_bangla.tsv"), "w", encoding="utf-8") as out:
        for b, e, info in zip(*(open(os.path.join(a.out, f), encoding="utf-8") for f in ("back.bn", "back.en", "back.json"))):
            b, e, (plain, what) = b.strip(), common(e), json.loads(info); of = lambda s: sorted(c for c in s if c in HOLES)
            n, words = len(b.split()), e.split()
            if of(b) != of(e) or not 0.6 * n <= len(words) <= 2.2 * n or len(set(words)) < 0.6 * len(words): kept["no translation"] += 1; continue
            if None not in what:
                for h, w in zip(HOLES, what): e = e.replace(h, w)
                b = plain
                if not clean(e, b): kept["not clean"] += 1; continue
            if is_named(e, b, names): kept["a name among the words"] += 1; continue
            out.write(e + "\t" + b + "\n"); kept["kept"] += 1
    print(dict(kept))

def main():
    a = argparse.ArgumentParser(); a.add_argument("step", choices=["text", "pairs"]); a.add_argument("--out", required=True)
    a.add_argument("--punctuated"); a.add_argument("--tagged", nargs="*", default=[]); a.add_argument("--plain", nargs="*", default=[]); a.add_argument("--never", nargs="*", default=[])
    a = a.parse_args(); os.makedirs(a.out, exist_ok=True); (text if a.step == "text" else pairs)(a)

if __name__ == "__main__": main()
