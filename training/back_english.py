"""Back-translation the other way: English text with machine-made Bangla, so that the English decoder has seen prose.

  python back_english.py text FILE… --out BACK [--never EVAL.en…]      # -> BACK/back.en, one sentence a line, values as holes
  ENGINE MODELS/en-bn < BACK/back.en > BACK/back.bn
  python back_english.py pairs --glossaries DIR --names NAMES.tsv --out BACK   # -> BACK/sent_back_english.tsv, for prepare.py

A file has one sentence a line. Figures and names go to the model as holes. `pairs` writes figures back on both sides, and so names whose
Bangla the tables know (NAMES has `english<TAB>bangla` a line); other names stay holes. A pair in whose Bangla the model made up a name goes.
"""
import argparse, collections, json, os, random, re
from evaluate import MADE_UP
from prepare import STOP, clean, core, inflected, rows
from text import HOLES, TO_BN, common, english

FIGURE = re.compile(r"\d[\d.,]*\d|\d")
DATES = set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December".split())
# Words with a capital that are translated and not written by their sound.
PLAIN = set("i god bible christmas earth english internet mr mrs ms dr president minister prime king queen north south east west northern southern eastern western".split())
PEOPLE = re.compile(r"(?:ish|ese|ian|ean|ic|ch|sh|ans?|ians|ists?|ism|ims|im|i)$")          # British, Chinese, Russian, Islamic, Muslim, Israeli: adjectives mostly

def is_name(word, first, seen):
    """Whether a word is written by its sound: a capital within a sentence, or at its start where it has one within others, too."""
    w = word.removesuffix("'s")
    if w in DATES: return False
    if not re.fullmatch(r"[A-Z][A-Za-z'.&-]*", w) or w.lower() in PLAIN or w.lower() in STOP and not w.isupper() or len(w) < 2: return False
    small, capital = seen[w.lower()], seen[w]
    if small > capital or PEOPLE.search(w) and seen["the " + w] + small > 0 and not w.isupper(): return False
    return not first or capital > 1 and small == 0

def holes(words, seen):
    """The sentence with values as holes, and what stands in them."""
    out, what, i = [], [], 0
    while i < len(words):
        before, w, after = core(words[i])
        if FIGURE.fullmatch(w) or w in DATES and (w not in ("March", "May") or i): out.append(before + HOLES[len(what) % 16] + after); what.append(w); i += 1; continue
        if is_name(w, i == 0 or words[i - 1][-1] in ":\"", seen):
            j = i
            while j + 1 < len(words) and not core(words[j])[2] and not core(words[j])[1].endswith("'s") and not core(words[j + 1])[0] and is_name(core(words[j + 1])[1], False, seen): j += 1
            last = core(words[j]); name, tail = (last[1][:-2], "'s") if last[1].endswith("'s") else (last[1], "")
            what.append(" ".join([core(x)[1] for x in words[i:j]] + [name])); out.append(before + HOLES[(len(what) - 1) % 16] + tail + last[2]); i = j + 1; continue
        out.append(words[i]); i += 1
    return " ".join(out), what

def text(a):
    grams = lambda s: {tuple(x[i:i + 6]) for x in [re.findall(r"[a-z0-9]+", s.lower())] for i in range(len(x) - 5)}
    never, kept, seen, dropped, twice = set(), [], collections.Counter(), collections.Counter(), set()
    for f in a.never:
        for line in open(f, encoding="utf-8"): never |= grams(english(line))
    for f in a.files:
        for line in open(f, encoding="utf-8"):
            s = english(line); words = s.split()
            if not 5 <= len(words) <= 34 or not re.search(r"[.?!]\"?$", s) or not (s[0].isupper() or s[0] in "\"0123456789"): dropped["length or end"] += 1
            elif re.search(r"[^ -~£€°éèáóíñçüöäâêôàãåøë–]|[()\[\]/*#_<>|{}=@]|\.\.\.", s) or s.count('"') % 2: dropped["marks"] += 1
            elif s.lower() in twice: dropped["twice"] += 1
            elif grams(s) & never: dropped["in a test set"] += 1
            else:
                twice.add(s.lower()); kept.append(words)
                for i, w in enumerate(words):
                    w = core(w)[1].removesuffix("'s")
                    if i: seen[w] += 1; seen["the " + w] += words[i - 1].lower() == "the"
    with open(os.path.join(a.out, "back.en"), "w", encoding="utf-8") as t, open(os.path.join(a.out, "back.json"), "w", encoding="utf-8") as j:
        n = collections.Counter()
        for words in kept:
            s, what = holes(words, seen)
            if len(what) > 7: n["too many values"] += 1; continue
            t.write(s + "\n"); j.write(json.dumps([" ".join(words), what], ensure_ascii=False) + "\n"); n["with values" if what else "words alone"] += 1
    print(dict(n), "dropped", dict(dropped))

def tables(a):
    """Names of days, places and bodies as a whole, and of persons word by word."""
    whole, word = {}, {}
    for f in ("cldr_dates", "newsroom_core", "cldr_names", "bd_geocode", "geonames_cities"):
        for e, b in rows(os.path.join(a.glossaries, f + ".tsv")): whole.setdefault(e.lower(), b)
    for e, b in rows(a.names):
        if len(e.split()) == len(b.split()):
            for x, y in zip(e.lower().split(), b.split()): word.setdefault(x, y)
    return whole, word

def known(name, whole, word):
    if name.lower() in whole: return whole[name.lower()]
    parts = [word.get(p.lower()) for p in name.split()]
    return None if None in parts or len(name) < 3 else " ".join(parts)

def pairs(a):
    whole, word = tables(a); kept, r = collections.Counter(), random.Random(1)
    with open(os.path.join(a.out, "sent_back_english.tsv"), "w", encoding="utf-8") as out:
        for e, b, info in zip(*(open(os.path.join(a.out, f), encoding="utf-8") for f in ("back.en", "back.bn", "back.json"))):
            e, b, (_, what) = e.strip(), common(b), json.loads(info); of = lambda s: sorted(c for c in s if c in HOLES); n, m = len(e.split()), len(b.split())
            if of(b) != of(e) or not 0.45 * n <= m <= 1.5 * n or len(set(b.split())) < 0.6 * m: kept["no translation"] += 1; continue
            if any(re.search(r"(?<![\u0980-\u09ff])" + x, b) and not re.search(y, e.lower()) for x, y in MADE_UP.items()): kept["a name made up"] += 1; continue
            values = [v.translate(TO_BN) if FIGURE.fullmatch(v) else known(v, whole, word) for v in what]
            if None in values: values = [v if v and (w in DATES or not FIGURE.fullmatch(w) and r.random() < 0.5) else None for v, w in zip(values, what)]
            for h, w, v in zip(HOLES, what, values):
                if v is None: continue
                e = e.replace(h, w); b = re.sub(h + r"(-[\u0980-\u09ff]+)?", lambda m: inflected(v, m[1] or ""), b)
            if not of(e) and not clean(e, b): kept["not clean"] += 1; continue
            out.write(e + "\t" + b + "\n"); kept["with holes" if of(e) else "plain"] += 1
    print(dict(kept))

def main():
    a = argparse.ArgumentParser(); a.add_argument("step", choices=["text", "pairs"]); a.add_argument("files", nargs="*"); a.add_argument("--out", required=True)
    a.add_argument("--glossaries"); a.add_argument("--names"); a.add_argument("--never", nargs="*", default=[])
    a = a.parse_args(); os.makedirs(a.out, exist_ok=True); (text if a.step == "text" else pairs)(a)

if __name__ == "__main__": main()
