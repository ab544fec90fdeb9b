"""Turn aligned word lists into training examples: holes, quotation marks, headlines without a full stop."""
import random
from text import HOLES

KIND = {"number": 1.2, "latin": 0.8, "term": 1.5, "name": 2.0, "noun": 0.4}       # which candidates to prefer
COUNT = [0, .16, .18, .20, .18, .14, .09, .05]                                    # how many holes in a sentence that gets any
LOWER = {"The", "A", "An", "In", "It", "This", "That", "These", "Those", "We", "He", "She", "They", "There", "Our", "His", "Her", "Their", "For", "On", "At", "But", "And", "When", "If", "All", "Some", "Many", "No"}

# Frames around a sentence X with holes A, B: English, Bangla, and whether the pair also reads well from Bangla to English.
FRAMES = [('"X," he said.', 'তিনি বলেন, "X"', 0), ('He said, "X"', 'তিনি বলেন, "X"', 1), ('"X," she said.', 'তিনি বলেন, "X"', 0), ('"X," he said.', '"X" বলেন তিনি।', 2),
          ('"X," A said.', 'A বলেন, "X"', 0), ('"X," said A.', 'A বলেন, "X"', 0), ('A said, "X"', 'A বলেন, "X"', 1), ('A said, "X"', 'A বলেছেন, "X"', 2), ('"X," A told reporters.', 'A সাংবাদিকদের বলেন, "X"', 0),
          ('A told reporters, "X"', 'A সাংবাদিকদের বলেন, "X"', 1), ('"X," A told B.', 'A B-কে বলেন, "X"', 0), ('A told B, "X"', 'A B-কে বলেন, "X"', 1),
          ('"X," A said in a statement.', 'A এক বিবৃতিতে বলেন, "X"', 0), ('A said in a statement, "X"', 'A এক বিবৃতিতে বলেন, "X"', 1), ('"X," A added.', 'A আরও বলেন, "X"', 0), ('A added, "X"', 'A আরও বলেন, "X"', 1),
          ('According to A, x', 'A-এর মতে, X', 1), ('In A, x', 'A-এ X', 1), ('A: X', 'A: X', 1), ('x, A reported.', 'X A এ খবর জানিয়েছে।', 0)]

class Builder:
    """Makes (source ids, target ids, [(target position, source position)]) for one direction. flip: Bangla is the source.

    splits: the share of words in source and target whose pieces are drawn and not the likeliest (subword regularisation).
    held: the share of pairs in which every name that is known as one is a hole."""
    def __init__(s, sp, flip, seed=1, splits=(0.0, 0.0), held=0.0):
        s.sp, s.flip, s.r, s.cache, s.splits, s.held = sp, flip, random.Random(seed), {}, splits, held
        s.ids = {sp.piece_to_id(h) for h in HOLES}
    def pieces(s, w, drawn=0.0):
        if drawn and s.r.random() < drawn: return s.sp.encode(w, enable_sampling=True, alpha=0.3, nbest_size=-1)
        p = s.cache.get(w)
        if p is None: p = s.cache[w] = s.sp.encode(w)
        return p
    def emit(s, e, b, links):
        S, T = (b, e) if s.flip else (e, b)
        if s.flip: links = [(j, i) for i, j in links]
        src, tgt, at, bt = [], [], [], []
        for out, pos, words, drawn in ((src, at, S, s.splits[0]), (tgt, bt, T, s.splits[1])):
            for w in words: p = s.pieces(w, drawn); pos.append((len(out), len(out) + len(p))); out.extend(p)
        k = [(len(tgt), len(src))]
        for i, j in links:
            hole = any(t in s.ids for t in tgt[bt[j][0]:bt[j][1]])
            for x in range(*at[i]):
                if hole and src[x] not in s.ids: continue
                k.extend((y, x) for y in range(*bt[j]))
        return src + [0], tgt + [0], k
    def example(s, pair, holes=0.45, quotes=0.06, frames=0.05):
        _, e, b, links, cands = pair[:5]; r = s.r; e, b = list(e), list(b)
        if any(c in HOLES for w in e for c in w): e, b = s.renumber(e, b)
        names = [c for c in cands if c[0] in ("name", "term")] if s.held and r.random() < s.held else []
        if names or cands and r.random() < holes: e, b, links = s.punch(e, b, links, cands, names)
        else: links = list(links)
        if not any('"' in w for w in e):
            x = r.random()
            if x < quotes: s.quote(e, b, links)
            elif x < quotes + frames and 2 < len(e) < 25 and e[-1][-1] in ".!?" and b[-1][-1] in "।!?" : e, b, links = s.frame(e, b, links)
            elif x < quotes + frames + 0.05 and e[-1][-1] == "." and b[-1][-1] == "।" and len(e[-1]) > 1 and len(b[-1]) > 1: e[-1], b[-1] = e[-1][:-1], b[-1][:-1]      # a headline
        return s.emit(e, b, links)
    def joined(s, one, two, longest):
        """Two examples as one, where that is no longer than `longest` pieces and the second has no holes, whose numbers would come twice; else the first."""
        (src, tgt, links), (more, then, further) = one, two
        if max(len(src) + len(more), len(tgt) + len(then)) > longest or s.ids & set(more): return one
        x, y = len(src) - 1, len(tgt) - 1          # the end mark of the first goes, and with it its link
        return src[:-1] + more, tgt[:-1] + then, [k for k in links if k != (y, x)] + [(j + y, i + x) for j, i in further]
    def renumber(s, e, b):
        """Holes that the pair came with, numbered in the order of the source."""
        order = [c for w in (b if s.flip else e) for c in w if c in HOLES]; new = {c: HOLES[i] for i, c in enumerate(dict.fromkeys(order))}
        return [["".join(new.get(c, c) for c in w) for w in x] for x in (e, b)]
    def punch(s, e, b, links, cands, first=(), spread=0.15):
        """Holes for `first`, sixteen at most, and for some of the candidates."""
        r = s.r; k = max(min(len(first), 16), r.choices(range(len(COUNT)), COUNT)[0]); first, pool = list(first), list(cands); chosen, ue, ub = [], set(), set()
        while pool and len(chosen) < k:
            c = first.pop(0) if first else r.choices(pool, [KIND[c[0]] for c in pool])[0]; pool.remove(c)
            E, B = set(range(c[1], c[2] + 1)), set(range(c[3], c[4] + 1))
            if not E & ue and not B & ub: chosen.append(c); ue |= E; ub |= B
        chosen.sort(key=lambda c: c[3] if s.flip else c[1])
        ids = range(len(chosen)) if r.random() >= spread else sorted(r.sample(range(16), len(chosen)))
        def side(words, lo, hi, text):
            out, where, n = [], {}, 0; start = {c[lo]: (c, h) for c, h in zip(chosen, ids)}; i = 0
            while i < len(words):
                if i in start:
                    c, h = start[i]
                    for x in range(c[lo], c[hi] + 1): where[x] = (len(out), h)
                    out.append(c[text][0] + HOLES[h] + c[text][1]); i = c[hi] + 1
                else: where[i] = (len(out), None); out.append(words[i]); i += 1
            return out, where
        e2, we = side(e, 1, 2, 5); b2, wb = side(b, 3, 4, 6)
        new = {(we[i][0], wb[j][0]) for i, j in links if we[i][1] is None and wb[j][1] is None} | {(we[c[1]][0], wb[c[3]][0]) for c in chosen}
        return e2, b2, sorted(new)
    def quote(s, e, b, links):
        """Put quotation marks around a stretch of words whose links all stay inside its partner."""
        r = s.r
        for _ in range(4):
            i0 = r.randrange(len(e)); i1 = min(len(e) - 1, i0 + r.randrange(6)); js = [j for i, j in links if i0 <= i <= i1]
            if not js: continue
            j0, j1 = min(js), max(js)
            if j1 - j0 > 7 or any(j0 <= j <= j1 and not i0 <= i <= i1 for i, j in links): continue
            for w, x, y in ((e, i0, i1), (b, j0, j1)):
                w[x] = '"' + w[x]; t = w[y]
                n = len(t)
                while n and t[n - 1] in (".,;:?!" if w is e else ",;:"): n -= 1
                if w is e and t[n:] in (".", ","): w[y] = t + '"' if t[n:] == "," or r.random() < 0.5 else t[:n] + '"' + t[n:]
                elif t[-1] in "।": w[y] = t + '"' if y - x > 2 else t[:-1] + '"।'
                else: w[y] = t[:n] + '"' + t[n:]
            return
    def frame(s, e, b, links):
        r = s.r; used = [i for i, h in enumerate(HOLES) if any(h in w for w in e)]
        if used and used != list(range(len(used))): return e, b, links
        en, bn, ways = r.choice([f for f in FRAMES if (f[2] != 0 if s.flip else f[2] != 2)])
        holes = [c for c in ("A", "B") if c in en.replace("According", "")]
        fe, fb = en.split(), bn.split(); x = next(i for i, w in enumerate(fe) if w.strip('",.') in ("X", "x")); y = next(i for i, w in enumerate(fb) if w.strip('",.') == "X")
        if len(used) + len(holes) > 16: return e, b, links
        e, b = list(e), list(b); word = fe[x]
        if "x" in word:
            if e[0] in LOWER: e[0] = e[0].lower()
            elif e[0][0] not in "".join(HOLES) and not e[0].islower(): return e, b, links
        if "," in word and e[-1][-1] == ".": e[-1] = e[-1][:-1] + ","
        if '"' in word: e[0] = '"' + e[0]; e[-1] += '"'
        if '"' in fb[y]: b[0] = '"' + b[0]; b[-1] += '"'
        E, B = fe[:x] + e + fe[x + 1:], fb[:y] + b + fb[y + 1:]
        k = [(i + x, j + y) for i, j in links]
        # number the holes anew, in source order
        S = B if s.flip else E; order = []
        isframe = lambda side, n: n < (y if side else x) or n >= (y + len(b) if side else x + len(e))
        for n, w in enumerate(S):
            if isframe(s.flip, n):
                for h in holes:
                    if w.strip('",.:').split("-")[0] == h: order.append(("F", h))
            for i in used:
                if HOLES[i] in w and not isframe(s.flip, n): order.append(("S", i))
        if len(set(order)) != len(order): return e, b, links
        num = {o: HOLES[i] for i, o in enumerate(order)}
        def rename(words, side):
            out = []
            for n, w in enumerate(words):
                if isframe(side, n):
                    for h in holes:
                        if w.strip('",.:').split("-")[0] == h: w = w.replace(h, num["F", h], 1)
                else: w = "".join(num.get(("S", HOLES.index(c)), c) if c in HOLES else c for c in w)
                out.append(w)
            return out
        E, B = rename(E, False), rename(B, True)
        for h in holes:
            c = num["F", h]; k.append((next(i for i, w in enumerate(E) if c in w), next(j for j, w in enumerate(B) if c in w)))
        return E, B, k
