"""Trains the Bangla name tagger: an averaged structured perceptron over hashed features.

    python train.py --data DATA --lexicon ../../src/mark/name/bangla.tsv --out ../../src/mark/name/bangla.tagger

DATA holds banglakit.jsonl (CC0) and rifat1493.train.txt (MIT). Nine tenths of the sentences, by a hash of
their text, train; one tenth is held out and measured. `--all` trains on everything, for the table that ships.
The features must stay those of src/mark/name/tagger.rs.
"""

import argparse, hashlib, json, random, re, struct
import numpy as np

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
BUCKETS = 1 << 15

STOPPED = {"মো", "মোঃ", "ড", "ডা", "মোছা", "মোসা", "মোহা", "মি", "লে", "মে"}
CLASSES = ["title", "verb", "surname", "given", "word", "org", "place"]


def canonical(s):
    return s.replace("\u09a1\u09bc", "\u09dc").replace("\u09a2\u09bc", "\u09dd").replace("\u09af\u09bc", "\u09df")


def is_word(c):
    return c.isalnum() or "\u0980" <= c <= "\u09fe" and c not in "৳৲৹৺৻" or c in "\u200c\u200d_"


def tokens(text):
    """Words, the full stop of an abbreviation with them, and single signs."""
    out, at = [], 0
    while at < len(text):
        c = text[at]
        if c.isspace():
            at += 1
            continue
        start = at
        if is_word(c):
            while at < len(text) and is_word(text[at]):
                at += 1
            if at < len(text) and text[at] == "." and (text[start:at] in STOPPED):
                at += 1
        else:
            at += 1
        out.append(text[start:at])
    return out


def iob(tags):
    """BILOU or IOB of either corpus to IOB of three kinds."""
    kinds = {"PERSON": "PER", "PER": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG"}
    out, before = [], None
    for tag in tags:
        mark, _, kind = tag.partition("-")
        kind = kinds.get(kind)
        if kind is None:
            out.append("O")
            before = None
            continue
        begins = mark in "BU" or before != kind
        out.append(("B-" if begins else "I-") + kind)
        before = kind
    return out


def split_tokens(words, tags):
    """Sub-tokens of the run-time's tokeniser; signs at the edge of a name are outside."""
    out_w, out_t = [], []
    for word, tag in zip(words, tags):
        parts = tokens(canonical(word))
        if not any(is_word(p[0]) for p in parts):
            tag = "O"
        for i, part in enumerate(parts):
            t = tag
            if tag != "O" and not is_word(part[0]) and (i == 0 or i == len(parts) - 1):
                t = "O"
            elif t.startswith("B-") and i > 0 and out_t and out_t[-1] != "O" and out_t[-1][2:] == t[2:]:
                t = "I-" + t[2:]
            out_w.append(part)
            out_t.append(t)
    return out_w, out_t


def banglakit(path, surnames):
    tok = re.compile(
        r"[\u09e6-\u09ef\d]+(?:[.,:/][\u09e6-\u09ef\d]+)*[\w\u0980-\u09fe]*|(?:মো|মোঃ|ড|ডা|মোছা|মোসা)\.(?=\s*\S)"
        r"|[\w\u0980-\u09fe\u200c\u200d]+|[^\w\s]", re.U)
    kept = dropped = unsure = 0
    for line in open(path, encoding="utf-8"):
        text, tags = json.loads(line)
        words = tok.findall(text)
        if len(words) != len(tags):
            dropped += 1
            continue
        words, tags = split_tokens(words, iob(tags))
        # Much is not annotated there: a sentence without a name, or with a surname that is said to be none, teaches wrong.
        if not any(t != "O" for t in tags) or any(t == "O" and w in surnames for w, t in zip(words, tags)):
            unsure += 1
            continue
        kept += 1
        yield words, tags
    print(f"banglakit: {kept} sentences; left out: {dropped} whose tokens do not fit, {unsure} not fully annotated")


def rifat(path):
    words, tags = [], []
    for line in open(path, encoding="utf-8-sig"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 2 or not cells[0]:
            if words:
                yield split_tokens(words, iob(tags))
            words, tags = [], []
            continue
        words.append(cells[0])
        tags.append(cells[-1] if "-" in cells[-1] else "O")
    if words:
        yield split_tokens(words, iob(tags))


def fnv(text):
    h = 0xCBF29CE484222325
    for b in text.encode():
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def bucket(template, value):
    h = fnv(f"{template}={value}")
    return (h ^ (h >> 29)) % BUCKETS


def features(words, lexicon):
    """One list of buckets a token. The templates are those of tagger.rs."""
    n = len(words)
    classes = [sorted(lexicon.get(w, ())) for w in words]

    def word(i):
        return "<" if i < 0 else ">" if i >= n else words[i]

    def stem_class(i):
        if not 0 <= i < n:
            return ()
        if classes[i]:
            return classes[i]
        w = words[i]
        for k in (1, 2, 3):
            if len(w) > k + 2 and w[:-k] in lexicon:
                return [c + "+" for c in sorted(lexicon[w[:-k]])]
        return ()

    out = []
    for i in range(n):
        w = words[i]
        f = [("w", w), ("w-1", word(i - 1)), ("w+1", word(i + 1)), ("w-2", word(i - 2)), ("w+2", word(i + 2)),
             ("b-", word(i - 1) + " " + w), ("b+", w + " " + word(i + 1))]
        for k in (1, 2, 3, 4):
            if len(w) > k:
                f.append((f"s{k}", w[-k:]))
        for k in (2, 3, 4):
            if len(w) > k:
                f.append((f"p{k}", w[:k]))
        f.append(("l", str(min(len(w), 8))))
        for d in (-2, -1, 0, 1, 2):
            for c in stem_class(i + d):
                f.append((f"c{d}", c))
        f.append(("s-1", word(i - 1)[-2:]))
        f.append(("s+1", word(i + 1)[-2:]))
        out.append([bucket(t, v) for t, v in f])
    return out


ALLOWED = np.zeros((len(LABELS), len(LABELS)))
for a, la in enumerate(LABELS):
    for b, lb in enumerate(LABELS):
        if lb.startswith("I-") and la[2:] != lb[2:]:
            ALLOWED[a, b] = -1e9


def viterbi(emit, trans):
    n = len(emit)
    score = emit[0] + trans[len(LABELS)]
    score = score + np.array([-1e9 if l.startswith("I-") else 0 for l in LABELS])
    back = []
    for i in range(1, n):
        m = score[:, None] + trans[: len(LABELS)] + ALLOWED
        best = m.argmax(0)
        back.append(best)
        score = m[best, np.arange(len(LABELS))] + emit[i]
    path = [int(score.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


def train(data, lexicon, epochs, seed=7):
    random.seed(seed)
    sentences = []
    for words, tags, *_ in data:
        f = features(words, lexicon)
        width = max(map(len, f))
        idx = np.full((len(words), width), BUCKETS, dtype=np.int64)
        for i, row in enumerate(f):
            idx[i, : len(row)] = row
        sentences.append((idx, np.array([LABELS.index(t) for t in tags])))
    k = len(LABELS)
    w = np.zeros((BUCKETS + 1, k))
    t = np.zeros((k + 1, k))
    wa, ta, step = np.zeros_like(w), np.zeros_like(t), 1
    for epoch in range(epochs):
        random.shuffle(sentences)
        wrong = 0
        for idx, gold in sentences:
            guess = np.array(viterbi(w[idx].sum(1), t))
            if (guess != gold).any():
                wrong += 1
                before = k
                bg = k
                for i in range(len(gold)):
                    g, p = gold[i], guess[i]
                    if g != p:
                        np.add.at(w, (idx[i], g), 1)
                        np.add.at(w, (idx[i], p), -1)
                        np.add.at(wa, (idx[i], g), step)
                        np.add.at(wa, (idx[i], p), -step)
                    if g != p or before != bg:
                        t[before, g] += 1
                        t[bg, p] -= 1
                        ta[before, g] += step
                        ta[bg, p] -= step
                    before, bg = g, p
                w[BUCKETS] = 0
                wa[BUCKETS] = 0
            step += 1
        print(f"epoch {epoch + 1}: {wrong} of {len(sentences)} sentences wrong", flush=True)
    return w - wa / step, t - ta / step


def quantised(w, t):
    """Weights as signed bytes whose square is the weight: small ones stay apart, large ones are not cut off."""
    top = np.abs(w).max()
    q = np.rint(np.sign(w[:BUCKETS]) * 127 * np.sqrt(np.abs(w[:BUCKETS]) / top)).astype(np.int8)
    # The transitions on the scale of the squares.
    qt = np.clip(np.rint(t * 127 * 127 / top), -32767, 32767).astype(np.int16)
    return q, qt


def restored(q):
    q = q.astype(np.float64)
    return np.sign(q) * q * q


def spans(tags):
    out, start = set(), None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and not tag.startswith("I-"):
            out.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return out


def measure(data, predict, name):
    counts = {k: [0, 0, 0] for k in ("PER", "LOC", "ORG")}
    for words, tags, *_ in data:
        gold, guess = spans(tags), spans(predict(words))
        for kind in counts:
            g = {s for s in gold if s[2] == kind}
            p = {s for s in guess if s[2] == kind}
            counts[kind][0] += len(g & p)
            counts[kind][1] += len(p)
            counts[kind][2] += len(g)
    print(name)
    for kind, (hit, said, there) in counts.items():
        p, r = hit / max(said, 1), hit / max(there, 1)
        print(f"  {kind}  P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(p + r, 1e-9):5.1f}  ({there} names)")


def main():
    global BUCKETS
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--out")
    parser.add_argument("--test")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--buckets", type=int, default=BUCKETS)
    args = parser.parse_args()
    BUCKETS = args.buckets
    lexicon = {}
    for line in open(args.lexicon, encoding="utf-8"):
        if not line.startswith("#"):
            word, kind = line.rstrip("\n").split("\t")
            lexicon.setdefault(word, set()).add(kind)
    surnames = {w for w, kinds in lexicon.items() if "surname" in kinds and "word" not in kinds}
    data = [(w, t, "b") for w, t in banglakit(f"{args.data}/banglakit.jsonl", surnames)]
    data += [(w, t, "r") for w, t in rifat(f"{args.data}/rifat1493.train.txt")]
    held = lambda words: hashlib.sha256(" ".join(words).encode()).digest()[0] % 10 == 0
    test = [d for d in data if held(d[0])]
    kept = data if args.all else [d for d in data if not held(d[0])]
    print(f"{len(kept)} sentences to train, {len(test)} held out")
    w, t = train(kept, lexicon, args.epochs)
    q, qt = quantised(w, t)
    wide = restored(np.vstack([q, np.zeros((1, len(LABELS)), np.int8)]))

    def predict(words):
        f = features(words, lexicon)
        emit = np.array([wide[row].sum(0) for row in f])
        return [LABELS[i] for i in viterbi(emit, qt.astype(np.float64))]

    if not args.all:
        measure(test, predict, "held out, both")
        measure([d for d in test if d[2] == "r"], predict, "held out, rifat1493")
    if args.test:
        with open(args.test, "w", encoding="utf-8") as out:
            for words, tags, *_ in test:
                out.write("\n".join(f"{w}\t{t}" for w, t in zip(words, tags)) + "\n\n")
    if args.out:
        with open(args.out, "wb") as out:
            out.write(b"ANT1" + struct.pack("<II", BUCKETS, len(LABELS)))
            out.write(qt.astype("<i2").tobytes())
            out.write(q.tobytes())
        print(f"{args.out}: {12 + qt.size * 2 + q.size} bytes")


if __name__ == "__main__":
    main()
