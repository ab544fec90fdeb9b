"""Made-up news sentences from grammar.txt (see there): (English words, Bangla words, links)."""
import collections, random, re
from text import HOLES, TO_ASCII, bangla, english

VERB = {"কর": ("করতে", "করার", "করা", "করবে"), "নে": ("নিতে", "নেওয়ার", "নেওয়া", "নেবে"), "দে": ("দিতে", "দেওয়ার", "দেওয়া", "দেবে"),
        "বাড়া": ("বাড়াতে", "বাড়ানোর", "বাড়ানো", "বাড়াবে"), "কমা": ("কমাতে", "কমানোর", "কমানো", "কমাবে"), "পাঠা": ("পাঠাতে", "পাঠানোর", "পাঠানো", "পাঠাবে"),
        "চালা": ("চালাতে", "চালানোর", "চালানো", "চালাবে"), "আন": ("আনতে", "আনার", "আনা", "আনবে")}
VERB = {bangla(k): tuple(map(bangla, v)) for k, v in VERB.items()}
def inflect(w, case):
    if case in ("inf", "noun", "ger", "fut"): return VERB[w][("inf", "noun", "ger", "fut").index(case)]
    if case == "obj": return w + "কে"
    if w.endswith("ৎ"): w = w[:-1] + "ত"
    vowel = re.search("[\u0985-\u0994\u09be-\u09cc]$", w)
    if case == "gen": return w + ("র" if vowel else "ের")
    return w + ("য়" if w.endswith("া") else "তে" if vowel else "ে")

class Grammar:
    def __init__(s, path, rng):
        s.r, s.rules = rng, collections.defaultdict(list)
        for line in open(path, encoding="utf-8"):
            p = [x.strip() for x in line.split("|")]
            if len(p) >= 3 and not line.startswith("#"): s.rules[p[0]].append((english(p[1]).split(), [re.sub('<[^>]*>', lambda m: m[0].translate(TO_ASCII), w) for w in bangla(p[2]).split()], p[3] if len(p) > 3 else ""))
    def sentence(s):
        s.n = 0; s.groups = 0
        e, b, _ = s.expand("S", 0)
        if e[0][0][:1].islower(): e[0] = (e[0][0][0].upper() + e[0][0][1:], e[0][1])
        num = {}
        for i, (w, g) in enumerate(e):
            for c in re.findall("[\uf000-\uf0ff]", w): num[c] = len(num)
        return e, b, num
    def expand(s, name, depth):
        rules = s.rules[name]; en, bn, mark = s.r.choice(rules)
        s.groups += 1; own = s.groups; subs = {}; hon = False; plural = False
        def hole(key, seen):
            if key not in seen: seen[key] = chr(0xF000 + s.n); s.n += 1
            return seen[key]
        holes = {}
        def side(words, k):
            nonlocal hon, plural
            out, count = [], 0
            for w in words:
                m = re.fullmatch(r"(.*?)<([A-Za-z]+)(!?)(#\d)?(?::(\w+))?>(.*)", w)
                if m:
                    pre, nt, subj, tag, case, post = m.groups(); key = (nt.upper() if nt == "Cl" else nt, tag)
                    if key not in subs: subs[key] = s.expand(key[0], depth + 1)
                    part = list(subs[key][k]); 
                    if subj: hon = "h" in subs[key][2]; plural = "p" in subs[key][2]
                    if nt == "Cl" and k == 0: part[0] = (part[0][0][0].upper() + part[0][0][1:], part[0][1])
                    if case and k == 1:
                        t, g = part[-1]; part[-1] = (t + {"gen": "-এর", "loc": "-এ", "obj": "-কে"}[case] if re.search("[\uf000-\uf0ff]$", t) else inflect(t, case), g)
                    part[0] = (pre + part[0][0], part[0][1]); part[-1] = (part[-1][0] + post, part[-1][1]); out += part
                    if subj and plural and k == 0: out.append(("\0", 0))
                    continue
                while m := re.search(r"(?<![A-Za-z])H(\d?)(?![A-Za-z\d])", w):
                    key = m[1] or ("", count); count += 1
                    w = w[:m.start()] + hole(key, holes) + w[m.end():]
                out.append((w, own))
            return out
        e, b = side(en, 0), side(bn, 1)
        fixed = []
        for w, g in e:
            if fixed and fixed[-1][0] == "\0": fixed.pop(); w = {"has": "have", "is": "are", "was": "were", "does": "do"}.get(w, w)
            fixed.append((w, g))
        if fixed[-1][0] == "\0": fixed.pop()
        fixed = [(re.sub(r"(ch|sh|x|ss)s\b", r"\1es", re.sub(r"([^aeiou])ys\b", r"\1ies", w)), g) for w, g in fixed]
        for i, (w, g) in enumerate(fixed[:-1]):
            if w.lower().lstrip('"') == "a" and re.match("[aeio]|un[^i]", fixed[i + 1][0]): fixed[i] = (w + "n", g)
        b = [(w.replace("[ন]", "ন" if hon else ""), g) for w, g in b]
        return fixed, b, mark
    def example(s, flip):
        while True:
            e, b, _ = s.sentence(); src = b if flip else e; num = {}
            for w, _ in src:
                for c in re.findall("[\uf000-\uf0ff]", w): num.setdefault(c, HOLES[len(num)] if len(num) < 16 else None)
            if len(num) <= 16: break
        fix = lambda w: re.sub("[\uf000-\uf0ff]", lambda m: num[m[0]], w)
        links, size = [], collections.Counter(g for _, g in e)
        be = collections.Counter(g for _, g in b)
        for i, (w, g) in enumerate(e):
            hw = set(re.findall("[\uf000-\uf0ff]", w))
            for j, (x, h) in enumerate(b):
                hx = set(re.findall("[\uf000-\uf0ff]", x))
                if hw & hx or not hw and not hx and g == h and size[g] * be[g] <= 9: links.append((i, j))
        e, b = [fix(w) for w, _ in e], [fix(w) for w, _ in b]
        if s.r.random() < 0.08 and e[-1][-1] == "." and b[-1][-1] == "।": e[-1], b[-1] = e[-1][:-1], b[-1][:-1]
        return e, b, links
