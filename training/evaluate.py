"""Score an engine model: chrF++ and BLEU, and what survives: holes, quotation marks, figures.

  python evaluate.py --pair en-bn --engine "xlate MODEL VOCAB" --prep PREP --glossaries DIR --set NAME SRC TGT [--set ...] [--first N] [--grammar grammar.txt]

The engine command reads one sentence a line and writes one translation a line. Text is brought into the models' form first, references too.
Holes: sentences of the sets with names, terms and figures that stand on both sides replaced, one to six in a sentence; 1,000 at most.
"""
import argparse, collections, json, os, random, re, shlex, subprocess
import sacrebleu, sentencepiece as spm
from augment import Builder
from grammar import Grammar
from prepare import candidates, rows
from text import HOLES, TO_ASCII, bangla, english

# Common names of Bangla news, and what must be in the English where one of them is in the Bangla.
MADE_UP = {"রহমান": "rahman|rehman", "মোহাম্মদ": "moham|muham|md", "হাসিনা": "hasina", "ইউনূস": "yunus", "হোসেন": "hoss?ain|hussein|hossein", "আহমেদ": "ahmed|ahmad", "ইসলাম": "islam", "আলী": "ali", "খান": "khan", "চৌধুরী": "ch[oa]w?u?dh", "খালেদা": "khaleda", "মোদি": "modi", "মোদী": "modi", "ট্রাম্প": "trump", "শেখ": "sheikh|shaikh", "মিয়া": "mia", "বাংলাদেশ": "bangla|dhaka", "ঢাকা": "dhaka", "ভারত": "india", "পাকিস্তান": "pakistan", "কাদের": "kader|quader", "জিয়া": "zia", "আওয়ামী": "awami", "বিএনপি": "bnp", "যুক্তরাষ্ট্র": r"u\.?s\.?|america|united states", "রাশিয়া": "russia|moscow|soviet", "চীন": "chin|beijing"}

def main():
    a = argparse.ArgumentParser(); a.add_argument("--pair", required=True); a.add_argument("--engine", required=True); a.add_argument("--prep", required=True); a.add_argument("--glossaries", required=True)
    a.add_argument("--set", nargs=3, action="append", required=True); a.add_argument("--first", type=int, default=10**9); a.add_argument("--out"); a.add_argument("--grammar"); a = a.parse_args()
    flip = a.pair == "bn-en"; fs, ft = (bangla, english) if flip else (english, bangla)
    def translate(lines):
        p = subprocess.run(shlex.split(a.engine), input="\n".join(lines) + "\n", capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
        assert len(p) == len(lines), (len(p), len(lines)); return p
    res, pairs, said, quotes, figures = {}, [], [], [0, 0, 0], [0, 0]
    digits = lambda s: collections.Counter(x.replace(",", "") for x in re.findall(r"\d+(?:,\d+)*", s.translate(TO_ASCII)))
    for name, s, t in a.set:
        src = [fs(l) for l in open(s, encoding="utf-8").read().splitlines()][:a.first]; ref = [ft(l) for l in open(t, encoding="utf-8").read().splitlines()][:a.first]; hyp = translate(src)
        res[name] = dict(n=len(src), chrf=round(sacrebleu.corpus_chrf(hyp, [ref], word_order=2).score, 1), bleu=round(sacrebleu.corpus_bleu(hyp, [ref]).score, 1),
                         length=round(sum(map(len, hyp)) / sum(map(len, ref)), 2), loops=sum(bool(re.search(r"(\b\S+(?: \S+){0,3})(?: \1){2,}", h)) for h in hyp))
        if a.out: open(os.path.join(a.out, f"{name}.{a.pair}.txt"), "w", encoding="utf-8").writelines(f"{x}\n{y}\n{z}\n\n" for x, y, z in zip(src, hyp, ref))
        pairs += list(zip(ref, src) if flip else zip(src, ref)); said += list(zip(src, hyp))
        for x, y in zip(src, hyp):
            if '"' in x: quotes[0] += 1; quotes[1] += x.count('"') == y.count('"'); quotes[2] += y.count('"') > 0
            d = digits(x); figures[0] += sum(d.values()); figures[1] += sum((d & digits(y)).values())
    res["quotes"] = dict(sentences=quotes[0], same_count=quotes[1], some=quotes[2]); res["figures"] = dict(n=figures[0], kept=figures[1])
    if not flip:
        made_up = collections.Counter(n for x, y in said for n, e in MADE_UP.items() if re.search(r"(?<![\u0980-\u09ff])" + n, y) and not re.search(e, x.lower()))
        res["names_made_up"] = dict(n=len(said), times=sum(made_up.values()), which=dict(made_up.most_common(5)))
    glossary = collections.defaultdict(set)
    for f in ("newsroom_core", "bd_geocode", "cldr_names", "cldr_dates"):
        for e, b in rows(os.path.join(a.glossaries, f + ".tsv")): glossary[e.lower()].add(b)
    build = Builder(spm.SentencePieceProcessor(model_file=os.path.join(a.prep, "vocab.spm")), flip, 7); test = []; rng = random.Random(7)
    for e, b in pairs:
        e, b = e.split(), b.split(); c = candidates(e, b, [], glossary, collections.Counter(), {})
        if not c: continue
        build.r = random.Random(rng.random()); k = build.r.choice([1, 2, 3, 4, 5, 6]); best = None
        for _ in range(6):
            x = build.punch(e, b, [], c, spread=0); n = sum(w.count(h) for w in x[0] for h in HOLES)
            if best is None or abs(n - k) < abs(best[0] - k): best = (n, " ".join(x[1] if flip else x[0]))
        test.append(best)
    rng.shuffle(test); test = test[:min(1000, a.first)]; hyp = translate([t for _, t in test]); lost = twice = good = order = 0; by = collections.defaultdict(lambda: [0, 0]); bad = []
    for (n, s), h in zip(test, hyp):
        S, H = [c for c in s if c in HOLES], [c for c in h if c in HOLES]; ok = sorted(S) == sorted(H); good += ok; by[n][0] += 1; by[n][1] += ok
        lost += len(set(S) - set(H)); twice += len(H) - len(set(H)); order += bool(set(H) - set(S))
        if not ok: bad.append(f"{s}\n{h}\n")
    res["holes"] = dict(sentences=len(test), all_once=good, share=round(good / max(1, len(test)), 4), holes=sum(n for n, _ in test), lost=lost, doubled=twice, invented_in=order, by_count={k: f"{v[1]}/{v[0]}" for k, v in sorted(by.items())})
    if a.grammar:
        g = Grammar(a.grammar, random.Random(11)); made = [g.example(flip) for _ in range(min(2000, 2 * a.first))]; src = [" ".join(b if flip else e) for e, b, _ in made]; ref = [" ".join(e if flip else b) for e, b, _ in made]
        hyp = translate(src); of = lambda s: sorted(c for c in s if c in HOLES)
        res["made_up"] = dict(n=len(src), with_holes=sum(bool(of(x)) for x in src), all_once=sum(bool(of(x)) and of(x) == of(y) for x, y in zip(src, hyp)), exact=sum(x == y for x, y in zip(ref, hyp)))
    show = lambda s: "".join("{%d}" % HOLES.index(c) if c in HOLES else c for c in s)
    if a.out: open(os.path.join(a.out, f"holes.{a.pair}.bad.txt"), "w", encoding="utf-8").write("\n".join(map(show, bad))); open(os.path.join(a.out, f"holes.{a.pair}.txt"), "w", encoding="utf-8").writelines(f"{show(s)}\n{show(h)}\n\n" for (_, s), h in zip(test, hyp))
    for k, v in res.items(): print(a.pair, k, json.dumps(v))

if __name__ == "__main__": main()
