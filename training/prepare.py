"""Clean the pairs, train the shared vocabulary, align words, find what may become a hole.

  python prepare.py --parallel DIR --glossaries DIR --out PREP

DIR holds sent_*.tsv (sentences) and lex_*.tsv (words), one `english<TAB>bangla` a line. Writes PREP/vocab.spm (kept if it exists:
a vocabulary must never change once a model uses it) and PREP/pairs.pkl.
"""
import argparse, collections, glob, os, pickle, random, re, tempfile
from text import BN_DIGITS, BN_LETTER, HOLES, TO_ASCII, bangla, english

# How often a pair of a source is drawn, against 1 for a plain one. Sources named here keep all sentences that pass `clean`;
# the others (interfaces, manuals) keep only what reads as a plain sentence (`prose`) at weight OTHER.
WEIGHT = {"tico19": 1.6, "news_speech_mann_ki_baat": 1.0, "mann_ki_baat_extra": 1.0, "joshua_wiki_4refs": 1.0, "tatoeba": 1.3,
          "stories_pratham_pb": 0.8, "docs_opensource_guide": 1.0, "voter_rocky": 0.8, "simple_health": 0.6, "back_bangla": 0.7, "back_english": 0.7, "hf_course": 0.5, "access_nyc": 0.8,
          "amadercat_news": 1.4, "ntrex": 1.6, "teacher_news": 1.6, "teacher_prose": 1.8, "news_wmt24pp": 1.6, "mixed_wmt24pp": 0.8, "web_ethereum_org": 0.5, "gov_vote_gov": 0.8, "opus100": 0.8, "storybooks_bangladesh": 0.8, "udhr": 1.0, "cncf_glossary": 0.5}
OTHER, LEAVE_OUT = 0.3, {"relig_quran", "ui_libreoffice", "phpmyadmin", "spacewalk", "tldr", "osm_website", "debian_installer"}

# ---------------------------------------------------------------- cleaning
LATIN = re.compile(r"[A-Za-z]{2,}")
def clean(e, b):
    we, wb = e.split(), b.split()
    if not we or not wb or len(we) > 70 or len(wb) > 70 or max(map(len, we + wb)) > 40: return False
    nb, nl = len(BN_LETTER.findall(b)), len(re.findall("[A-Za-z]", b))
    if nb < 2 or nl > 0.35 * (nb + nl) or len(BN_LETTER.findall(e)): return False
    if re.search(r"[{}<>\\\[\]=_~^]|[\uFFFD]|%[sd(]|\$\d|https?:\S{30}", e + b): return False
    if len(we) > 4 and not 0.4 < len(wb) / len(we) < 1.9: return False
    d = lambda s: sorted(re.findall(r"\d+", s.translate(TO_ASCII).replace(",", "")))
    return not (len(we) > 3 and len(d(e)) + len(d(b)) > 2 and not set(d(e)) & set(d(b)))
def prose(e, b):
    n = len(e.split())
    return (5 <= n <= 45 and e[0].isupper() and e[-1] in ".!?" and b[-1] in "।!?" and len(LATIN.findall(b)) <= 1
            and not re.search(r"[/&#@*%$:()]", e))

def rows(path):
    for line in open(path, encoding="utf-8"):
        p = line.rstrip("\n").split("\t")
        if len(p) >= 2 and p[0].strip() and p[1].strip(): yield english(p[0]), bangla(p[1])

def same_quotes(e, b):
    """Quotation marks only where both sides have them, so that the model learns to carry them over."""
    if e.count('"') != b.count('"') or e.count('"') % 2: e, b = (re.sub(r"\s+", " ", s.replace('"', "")).strip() for s in (e, b))
    return e, b

# ---------------------------------------------------------------- words
EDGE = "\"'()-–,;:.!?।"
def core(w):
    """Split a token into leading punctuation, core, trailing punctuation."""
    i = 0
    while i < len(w) and w[i] in EDGE: i += 1
    j = len(w)
    while j > i and w[j - 1] in EDGE: j -= 1
    return w[:i], w[i:j], w[j:]

VOWEL_END = re.compile("[\u0985-\u0994\u09be-\u09cc]$")
#  ending as written, canonical ending after a hole, condition on the stem: v vowel-final, c consonant-final, a ends in া
ENDINGS = [("ের", "-এর", "c"), ("য়ের", "-এর", "v"), ("র", "-এর", "v"), ("ে", "-এ", "c"), ("য়", "-এ", "a"), ("তে", "-এ", "v"), ("য়ে", "-এ", "v"),
           ("কে", "-কে", "*"), ("েরা", "-রা", "c"), ("রা", "-রা", "v"), ("দের", "-দের", "*"), ("েদের", "-দের", "c"), ("ও", "-ও", "*"), ("ই", "-ই", "*"),
           ("েরও", "-এরও", "c"), ("রও", "-এরও", "v"), ("েও", "-এও", "c"), ("তেও", "-এও", "v"), ("কেও", "-কেও", "*"),
           ("-এর", "-এর", "*"), ("-র", "-এর", "*"), ("এর", "-এর", "*"), ("-এ", "-এ", "*"), ("-তে", "-এ", "*"), ("-কে", "-কে", "*"), ("-ও", "-ও", "*"), ("-ই", "-ই", "*"),
           ("-রা", "-রা", "*"), ("-দের", "-দের", "*")]
def ends(word):
    """(stem, canonical ending) for each way to read the word, the whole word first."""
    yield word, ""
    for e, c, k in ENDINGS:
        if word.endswith(e) and len(word) - len(e) >= 2:
            s = word[:-len(e)]; v = bool(VOWEL_END.search(s))
            if s[-1] == "\u09cd": continue
            if k == "*" or (k == "v" and v) or (k == "c" and not v) or (k == "a" and s.endswith("া")): yield s, c
def inflected(stem, canonical):
    """A word with its ending as it is mostly written, in the shortest way: the other way round of `ends`."""
    if not stem or not BN_LETTER.match(stem[0]): return stem + canonical
    kinds = ("*", "v" if VOWEL_END.search(stem) else "c", "a" if stem.endswith("া") else "")
    return stem + min((e for e, c, k in ENDINGS if c == canonical and k in kinds), key=len, default=canonical)

# ---------------------------------------------------------------- do an English and a Bangla name sound alike?
def skeleton_en(w):
    w = w.lower(); first = "A" if w[:1] in "aeiou" else ""
    for a, b in [("tch", "C"), ("ch", "C"), ("sh", "S"), ("th", "T"), ("ph", "P"), ("ck", "k"), ("gh", "g"), ("kn", "n"), ("wr", "r"), ("x", "ks"), ("q", "k"), ("tion", "Sn"), ("dge", "j")]: w = w.replace(a, b)
    w = re.sub("c(?=[eiy])", "s", w); w = re.sub("(.)\\1", "\\1", w)
    m = {"c": "K", "k": "K", "g": "G", "j": "J", "z": "J", "t": "T", "d": "D", "n": "N", "p": "P", "f": "P", "b": "B", "v": "B", "m": "M", "r": "R", "l": "L", "s": "S", "C": "C", "S": "S", "T": "T", "P": "P"}
    return first + "".join(m.get(c, "") for c in w)
BN_CLASS = {}
for letters, k in [("কখ", "K"), ("গঘ", "G"), ("চছ", "C"), ("জঝয", "J"), ("টঠতথৎ", "T"), ("ডঢদধ", "D"), ("ঙঞণনং", "N"), ("পফ", "P"), ("বভ", "B"), ("ম", "M"), ("রড়ঢ়", "R"), ("ল", "L"), ("শষস", "S")]:
    for c in letters: BN_CLASS[c] = k
def skeleton_bn(w):
    w = w.replace("ক্স", "কস").replace("ক্ষ", "খ").replace("্য", ""); first = "A" if re.match("[অ-ঔ]", w) else ""
    w = re.sub("(.)্\\1", "\\1", w)
    return first + "".join(BN_CLASS.get(c, "") for c in w)
def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            same = x == y or {x, y} in ({"C", "S"}, {"J", "G"}, {"J", "S"}, {"K", "C"}, {"D", "T"}, {"K", "S"})
            prev, row[j] = row[j], min(prev + (0 if x == y else 0.4 if same else 1), row[j] + 1, row[j - 1] + 1)
    return row[-1]
_cache = {}
def sounds(en, bn):
    """1 for the same consonants, lower for others; also the best (stem, ending) of the Bangla word."""
    if (en, bn) in _cache: return _cache[en, bn]
    best = (0, bn, ""); s = skeleton_en(en)
    if len(s) >= 2:
        for stem, ending in ends(bn):
            t = skeleton_bn(stem)
            if not t or abs(len(t) - len(s)) > 2: continue
            v = 1 - distance(s, t) / max(len(s), len(t))
            if ending == "-এ" and not (stem.endswith("া") and en[-1] in "ah" or en[-1] not in "aeiouy"): v -= 0.02
            elif ending in ("-এ", "-এর", "-কে"): v += 0.01
            elif ending in ("-ই", "-ও") and en[-1] in "aeiouy": v -= 0.3
            elif ending in ("-ই", "-ও"): v -= 0.05
            if v > best[0]: best = (v, stem, ending)
    _cache[en, bn] = best
    return best

# ---------------------------------------------------------------- alignment of words (eflomal on cut-down word forms)
def key_en(w):
    w = core(w)[1].lower()
    return ((w[:-2] if w.endswith("'s") else w)[:7] or w or "_").replace(" ", "_")
def key_bn(w):
    w = core(w)[1].translate(TO_ASCII); return w[:6].lower() or "_"
def align(pairs):
    import eflomal
    f, r = tempfile.mktemp(), tempfile.mktemp()
    eflomal.Aligner(model=3, score_model=0, n_samplers=2, rel_iterations=1.0, null_prior=0.2).align(
        [" ".join(key_en(w) for w in e) + "\n" for e, _ in pairs], [" ".join(key_bn(w) for w in b) + "\n" for _, b in pairs],
        links_filename_fwd=f, links_filename_rev=r, quiet=True, use_gdb=False)
    out = []
    for x, y in zip(open(f), open(r)):
        x, y = ({tuple(map(int, l.split("-"))) for l in z.split()} for z in (x, y))
        both = x & y; si = {i for i, _ in both}; tj = {j for _, j in both}
        out.append((sorted(both | {(i, j) for i, j in x | y if i not in si or j not in tj}), len(both)))
    os.remove(f); os.remove(r)
    return out

# ---------------------------------------------------------------- what may become a hole
STOP = set("the a an and or of in to is are was were be been it its this that these those for on with as at by from not no he she they we you i his her their our your my "
           "have has had do does did will would can could may if so but all also very more most one who which what when where how there here then than".split())
def candidates(e, b, links, glossary, attested, lexicon):
    """List of (kind, i0, i1, j0, j1, hole text on the English side as (before, after), the same on the Bangla side)."""
    out, el = [], collections.defaultdict(list); bl = collections.defaultdict(list)
    for i, j in links: el[i].append(j); bl[j].append(i)
    ce, cb = [core(w) for w in e], [core(w) for w in b]
    def en_core(i):
        c = ce[i][1]
        return (c[:-2], "'s") if c.endswith("'s") else (c, "")
    def add(kind, i0, i1, j0, j1, ending):
        out.append((kind, i0, i1, j0, j1, (ce[i0][0], en_core(i1)[1] + ce[i1][2]), (cb[j0][0], ending + cb[j1][2])))
    # figures and Latin words that stand on both sides
    for i in range(len(e)):
        w, _ = en_core(i)
        if not w: continue
        digits = re.fullmatch(r"[\d][\d.,:/-]*", w) or re.fullmatch(r"(\d[\d.,]*)(st|nd|rd|th)", w)
        latin = re.fullmatch(r"[A-Za-z][\w.@:/+-]+", w)
        for j in range(len(b)):
            x = cb[j][1]
            if digits:
                m = re.match(r"[\d][\d.,:/-]*", x.translate(TO_ASCII))
                if m and m[0].rstrip("-").replace(",", "") == (digits[1] if digits.re.groups else w).replace(",", ""):
                    tail = x[len(m[0].rstrip("-")):]
                    tail = {"এর": "-এর", "-র": "-এর", "এ": "-এ", "তে": "-এ", "-তে": "-এ", "র": "-এর", "কে": "-কে"}.get(tail, tail)
                    if digits.re.groups and not tail: continue
                    out.append(("number", i, i, j, j, (ce[i][0], ce[i][2]), (cb[j][0], tail + cb[j][2])))
            elif latin and x.startswith(w) and not x[len(w):len(w) + 1].isascii() or latin and x == w:
                if x == w and j + 1 < len(b) and cb[j + 1][1] in ("এর", "এ", "তে", "কে", "ও", "র", "-এর") and not cb[j][2]:
                    out.append(("latin", i, i, j, j + 1, (ce[i][0], en_core(i)[1] + ce[i][2]), (cb[j][0], {"এর": "-এর", "র": "-এর", "-এর": "-এর", "এ": "-এ", "তে": "-এ", "কে": "-কে", "ও": "-ও"}[cb[j + 1][1]] + cb[j + 1][2])))
                else:
                    for stem, ending in ends(x):
                        if stem == w: add("latin", i, i, j, j, ending)
    # glossary terms, whatever their ending in Bangla
    low = [en_core(i)[0].lower() for i in range(len(e))]
    for n in (4, 3, 2, 1):
        for i in range(len(e) - n + 1):
            for term in glossary.get(" ".join(low[i:i + n]), ()):
                t = term.split(); m = len(t)
                if any(ce[k][2] or en_core(k)[1] for k in range(i, i + n - 1)): continue
                for j in range(len(b) - m + 1):
                    if [cb[k][1] for k in range(j, j + m - 1)] == t[:-1] and not any(cb[k][2] for k in range(j, j + m - 1)):
                        for stem, ending in ends(cb[j + m - 1][1]):
                            if stem == t[-1]: add("term", i, i + n - 1, j, j + m - 1, ending); break
    # names by sound: runs of capitalised words against runs of Bangla words
    cap = lambda i: i < len(e) and re.fullmatch(r"[A-Z][A-Za-z'.-]+", en_core(i)[0] or "") and en_core(i)[0].lower() not in STOP
    for i in range(len(e)):
        if not cap(i): continue
        if i == 0 and not (e[0].isupper() or len(e) < 3 or cap(1) or el[0]): continue
        for j in range(len(b)):
            if abs(j / len(b) - i / len(e)) > 0.6: continue
            n = 0
            while cap(i + n) and j + n < len(b) and (n == 0 or not ce[i + n - 1][2] and not cb[j + n - 1][2] and not en_core(i + n - 1)[1]):
                v, stem, ending = sounds(en_core(i + n)[0], cb[j + n][1])
                linked = (j + n) in el[i + n]
                if v < (0.6 if linked else 0.8) or (i + n == 0 and not linked): break
                n += 1; last = (i, i + n - 1, j, j + n - 1, ending)
                if ending: break
            if n: add("name", *last)
    # single nouns that stand one to one: holes then occur in every role
    for i, js in el.items():
        if len(js) == 1 and len(bl[js[0]]) == 1 and len(low[i]) > 3 and low[i].isalpha() and low[i] not in STOP:
            for stem, ending in ends(cb[js[0]][1]):
                if len(stem) >= 3 and attested[stem] >= 3 and (ending or attested[stem] >= 6) and (stem in lexicon.get(low[i], ()) or stem in lexicon.get(low[i].rstrip("s"), ())):
                    add("noun", i, i, js[0], js[0], ending); break
    seen, uniq = set(), []
    for c in out:
        if c[1:5] not in seen: seen.add(c[1:5]); uniq.append(c)
    return uniq

def held(words):
    """Whether holes stand in a sentence already (back.py)."""
    return any(c in HOLES for w in words for c in w)

def main():
    a = argparse.ArgumentParser()
    a.add_argument("--parallel", required=True); a.add_argument("--glossaries", required=True)
    a.add_argument("--out", required=True); a.add_argument("--vocab", type=int, default=8000)
    a = a.parse_args(); os.makedirs(a.out, exist_ok=True); random.seed(1)
    seen, data, count = set(), [], collections.Counter()
    for f in sorted(glob.glob(os.path.join(a.parallel, "sent_*.tsv"))):
        name = os.path.basename(f)[5:-4]
        if name in LEAVE_OUT: continue
        for e, b in rows(f):
            e, b = same_quotes(e, b)
            if (e.lower(), b) in seen or not clean(e, b) or (name not in WEIGHT and not prose(e, b)): continue
            seen.add((e.lower(), b)); data.append((name, e, b)); count[name] += 1
    words = collections.Counter(core(w)[1] for _, _, b in data for w in b.split()); words_en = collections.Counter(core(w)[1].lower() for _, e, _ in data for w in e.split())
    lex, lexicon = [], collections.defaultdict(set)
    for f in sorted(glob.glob(os.path.join(a.parallel, "lex_*.tsv"))):
        for e, b in rows(f):
            if len(e.split()) <= 3 and len(b.split()) <= 3 and not re.search(r"[,:;()/]", e + b):
                lexicon[e.lower()].add(b)
                # words that also occur in the sentences: rare dictionary words teach a small model nothing
                if "shobdo" in f and not (words[b] >= 2 and words_en[e.lower()] >= 1): continue
                lex.append((e, b))
    lex = sorted(set(lex))
    glossary = collections.defaultdict(set)
    for f in ("newsroom_core", "bd_geocode", "cldr_names", "cldr_currencies", "cldr_dates"):
        for e, b in rows(os.path.join(a.glossaries, f + ".tsv")):
            if len(e) > 2 and len(b) > 2: glossary[e.lower()].add(b)
    print(len(data), dict(count), "lexicon", len(lex), flush=True)

    vm = os.path.join(a.out, "vocab.spm")
    if not os.path.exists(vm):
        import sentencepiece as spm
        txt = os.path.join(a.out, "vocab.txt")
        with open(txt, "w", encoding="utf-8") as f:
            for _, e, b in data: f.write(e + "\n" + b + "\n")
            for e, b in random.sample(lex, min(8000, len(lex))): f.write(e + "\n" + b + "\n")
        spm.SentencePieceTrainer.train(input=txt, model_prefix=vm[:-4], vocab_size=a.vocab, bos_id=-1, eos_id=0, unk_id=1, byte_fallback=True, split_digits=True,
            character_coverage=1.0, normalization_rule_name="identity", user_defined_symbols=HOLES, required_chars="ঈঊঋঔঐৌৃঢ়ড়য়ঢছঝঞঠণথফঘঙৎংঃঁ।–‍" + BN_DIGITS,
            input_sentence_size=400000, shuffle_input_sentence=True, minloglevel=2)
        os.replace(vm[:-4] + ".model", vm)
    pairs = [(e.split(), b.split()) for _, e, b in data]
    links = align(pairs + [(e.split(), b.split()) for e, b in lex])
    out, dropped = [], 0
    for (name, _, _), (e, b), (l, sure) in zip(data, pairs, links):
        if len(e) > 8 and sure < 0.22 * min(len(e), len(b)): dropped += 1; continue          # hardly any word found its partner: a loose pair
        out.append((WEIGHT.get(name, OTHER), e, b, l, [] if held(e) else candidates(e, b, l, glossary, words, lexicon), name))
    pickle.dump(dict(sent=out, lex=[(e.split(), b.split(), l) for (e, b), (l, _) in zip(lex, links[len(pairs):])]), open(os.path.join(a.out, "pairs.pkl"), "wb"))
    k = collections.Counter(c[0] for p in out for c in p[4])
    print("kept", len(out), "loose", dropped, "hole candidates", dict(k), "sentences with any", sum(bool(p[4]) for p in out), flush=True)

if __name__ == "__main__": main()
