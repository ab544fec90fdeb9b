"""Train one direction; stop and start again as you like.

  python train.py --pair en-bn --prep PREP --out OUT --seconds 6600 [--valid SRC TGT] [--grammar grammar.txt]

PREP comes from prepare.py. OUT/PAIR.pt is written every --save seconds and taken up again when it exists: weights, optimiser, averages,
step, seconds spent and the state of the random numbers. --seconds is the whole budget, earlier runs included: the learning rate is
constant for the first --hold of it and falls to nothing at its end. --until HH:MM instead ends the budget at a time of day, however
much or little the machine gives the process until then. A checkpoint from warm.py has weights only: everything else starts anew.
"""
import argparse, collections, datetime, functools, math, os, pickle, signal, time
import torch, torch.nn.functional as F
import sentencepiece as spm
from augment import Builder
from grammar import Grammar
from model import Student
from text import bangla, english

def muon(x, low, steps=5):
    """Newton-Schulz: the nearest orthogonal matrices to updates of one shape [n, rows, columns], roughly."""
    a, b, c = 3.4445, -4.7750, 2.0315; t = x.shape[1] > x.shape[2]
    if t: x = x.transpose(1, 2)
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(torch.bfloat16 if low else torch.float32).contiguous()
    for _ in range(steps): g = torch.bmm(x, x.transpose(1, 2)); x = torch.baddbmm(x, torch.baddbmm(g, g, g, beta=b, alpha=c), x, beta=a)
    return (x.transpose(1, 2) if t else x).float()

class Muon:
    """The direction is made new every second step only: it changes slowly, and making it costs a quarter of a step."""
    def __init__(s, params, lr, low=False, momentum=0.95, decay=0.01):
        s.low, s.p, s.lr, s.m, s.wd, s.n = low, list(params), lr, momentum, decay, 0; s.buf = [torch.zeros_like(p) for p in s.p]; s.last = {}
        s.alike = collections.defaultdict(list)
        for i, p in enumerate(s.p): s.alike[p.shape].append(i)
    @torch.no_grad()
    def step(s):
        s.n += 1
        for shape, which in s.alike.items():
            for i in which: s.buf[i].lerp_(s.p[i].grad, 1 - s.m)
            if s.n % 2 or shape not in s.last: s.last[shape] = muon(torch.stack([s.p[i].grad.lerp(s.buf[i], s.m) for i in which]), s.low)
            for i, x in zip(which, s.last[shape]): s.p[i].mul_(1 - s.lr * s.wd).add_(x, alpha=-s.lr * max(1, shape[0] / shape[1]) ** 0.5)

class CrossEntropy(torch.autograd.Function):
    """The mean over the rows; on a CPU a third of the time of PyTorch's, which takes the exponentials twice."""
    @staticmethod
    def forward(ctx, logits, y):
        top = logits.amax(1, keepdim=True); p = (logits - top).exp_(); s = p.sum(1, keepdim=True); right = logits.gather(1, y[:, None])
        ctx.save_for_backward(p.div_(s), y); return (top + s.log() - right).mean()
    @staticmethod
    def backward(ctx, g):
        p, y = ctx.saved_tensors; p.scatter_add_(1, y[:, None], torch.full((len(y), 1), -1.0)); return p.mul_(g / len(y)), None

class Sampled:
    """Cross-entropy over the words of the batch and a sample of the others, which stand for all others."""
    def __init__(s, vocab, size, loss): s.v, s.n, s.loss = vocab, size, loss
    def __call__(s, h, model, y):
        used = torch.unique(y); rest = torch.ones(s.v, dtype=torch.bool); rest[used] = False; rest = rest.nonzero()[:, 0]
        n = min(len(rest), max(256, s.n - len(used))); cand = torch.cat([used, rest[torch.randperm(len(rest))[:n]]])
        where = torch.zeros(s.v, dtype=torch.long); where[cand] = torch.arange(len(cand))
        fix = torch.zeros(len(cand)); fix[len(used):] = math.log(len(rest) / n)
        return s.loss(h, model.emb.weight[cand], model.out_b[cand] + fix, where[y])

def literal(p):
    """Word-for-word pairs teach a small model most: weight by the share of words with exactly one partner."""
    i, j = collections.Counter(x for x, _ in p[3]), collections.Counter(y for _, y in p[3])
    return min(3, max(0.05, (sum(i[x] == 1 == j[y] for x, y in p[3]) / max(len(p[1]), len(p[2])) / 0.55) ** 3))

def low_is_quicker():
    """Whether this CPU multiplies faster in bfloat16 than in float32. Not every one that has instructions for it does."""
    x, w = torch.randn(2048, 256), torch.randn(256, 768)
    def once(f): t = time.perf_counter(); f(); return time.perf_counter() - t
    def seconds(f): f(); return min(once(f) for _ in range(9))          # others work on the machine, too
    return seconds(lambda: x.bfloat16() @ w.bfloat16()) < seconds(lambda: x @ w)

def tensors(batch, guide=True):
    x, y = max(len(p[0]) for p in batch), max(len(p[1]) for p in batch)
    src, mask, tgt = torch.zeros(len(batch), x, dtype=torch.long), torch.zeros(len(batch), x, dtype=torch.bool), torch.full((len(batch), y), -100)
    al = torch.zeros(len(batch), y, x) if guide else None
    for k, (s, t, links) in enumerate(batch):
        src[k, :len(s)] = torch.tensor(s); mask[k, :len(s)] = True; tgt[k, :len(t)] = torch.tensor(t)
        if guide: j, i = zip(*links); al[k, list(j), list(i)] = 1
    return src, mask, tgt, al

def main():
    a = argparse.ArgumentParser()
    a.add_argument("--pair", choices=["en-bn", "bn-en"], required=True); a.add_argument("--prep", required=True); a.add_argument("--out", required=True)
    budget = a.add_mutually_exclusive_group(required=True); budget.add_argument("--seconds", type=float); budget.add_argument("--until", help="HH:MM")
    a.add_argument("--threads", type=int, default=1); a.add_argument("--fp32", action="store_true", help="float32 even where bfloat16 is quicker")
    a.add_argument("--d", type=int, default=256); a.add_argument("--ffn", type=int, default=1536); a.add_argument("--enc", type=int, default=6); a.add_argument("--dec", type=int, default=2)
    a.add_argument("--drop", type=float, default=0.0); a.add_argument("--tokens", type=int, default=2500); a.add_argument("--sample", type=int, default=2048)
    a.add_argument("--lr", type=float, default=1.5e-3); a.add_argument("--muon", type=float, default=0.02, help="learning rate of Muon for the matrices; 0: AdamW for all")
    a.add_argument("--emb", type=float, default=0.3, help="learning rate of the embeddings, as a share of --lr: they start from embed.py's vectors")
    a.add_argument("--guide", type=float, default=1.0); a.add_argument("--lex", type=float, default=0.12); a.add_argument("--hold", type=float, default=0.5); a.add_argument("--grow", type=float, default=0.5, help="share of the time in which the length limit grows")
    a.add_argument("--back", type=float, default=1.0, help="weight of pairs whose source a model made; those whose target it made are never drawn")
    a.add_argument("--grammar", help="grammar.txt"); a.add_argument("--made-up", type=float, default=0.35, help="share of made-up sentences")
    a.add_argument("--splits", type=float, nargs=2, default=(0.0, 0.0), metavar=("SOURCE", "TARGET"), help="share of words whose pieces are drawn (subword regularisation)")
    a.add_argument("--held", type=float, default=0.0, help="share of pairs in which every name is a hole")
    a.add_argument("--join", type=float, default=0.0, help="share of pairs that are joined with another one: most are shorter than what a newspaper writes")
    a.add_argument("--valid", nargs=2); a.add_argument("--save", type=float, default=120); a.add_argument("--seed", type=int, default=1)
    a = a.parse_args(); os.makedirs(a.out, exist_ok=True); torch.manual_seed(a.seed); torch.set_num_threads(a.threads); low = not a.fp32 and low_is_quicker()
    flip = a.pair == "bn-en"; sp = spm.SentencePieceProcessor(model_file=os.path.join(a.prep, "vocab.spm")); V = sp.get_piece_size()
    data = pickle.load(open(os.path.join(a.prep, "pairs.pkl"), "rb")); sent, lex = data["sent"], data["lex"]; machine = {"back_english": flip, "back_bangla": not flip}
    weight = [p[0] * literal(p) * (a.back * machine[p[5]] if p[5] in machine else 1) for p in sent]

    M = Student(V, d=a.d, ffn=a.ffn, enc=a.enc, dec=a.dec, drop=a.drop)
    start = os.path.join(a.prep, "embed.pt")
    if os.path.exists(start):          # vectors from embed.py; the output bias starts at the log frequency of the target language
        x = torch.load(start); f = x["en" if flip else "bn"].float(); f[0] = len(sent)
        M.emb.weight.data.copy_(x["vectors"]); M.out_b.data.copy_(torch.log((f + 0.05) / f.sum())); M.out_b.data -= M.out_b.data.mean()
    mats = [p for n, p in M.named_parameters() if p.ndim == 2 and not n.startswith("emb")] if a.muon else []; ids = {id(p) for p in mats}
    rest = [p for p in M.parameters() if id(p) not in ids and p is not M.emb.weight]
    adam = torch.optim.AdamW([dict(params=rest, f=1.0), dict(params=[M.emb.weight], f=a.emb)], lr=a.lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    mu = Muon(mats, a.muon, low); ema = {k: v.detach().clone() for k, v in M.state_dict().items()}
    ck = os.path.join(a.out, a.pair + ".pt"); step, spent, seen = 0, 0.0, 0
    if os.path.exists(ck):
        c = torch.load(ck, weights_only=False); M.load_state_dict(c["sd"]); ema = c["ema"]; step, spent, seen = c["step"], c["spent"], c["seen"]
        if "adam" in c:          # not from warm.py
            adam.load_state_dict(c["adam"]); torch.set_rng_state(c["rng"])
            for b, v in zip(mu.buf, c["muon"]): b.copy_(v)
    if a.until:          # what is left of the day until then, on top of what was spent
        now = datetime.datetime.now(); end = now.replace(hour=int(a.until[:2]), minute=int(a.until[3:]), second=0)
        if end <= now: end += datetime.timedelta(days=1)
        a.seconds = spent + (end - now).total_seconds()
    build = Builder(sp, flip, seed=a.seed * 1000003 + step, splits=a.splits, held=a.held); r = build.r; grammar = Grammar(a.grammar, r) if a.grammar else None
    frac = lambda: min(1.0, spent / a.seconds)
    def batches():
        while True:
            cap = int(20 + 90 * min(1, frac() / a.grow)) if a.grow else 110; pool = []
            for p in r.choices(sent, weight, k=6000):
                if max(len(p[1]), len(p[2])) * 1.1 > cap: continue
                x = build.example(p)
                if max(len(x[0]), len(x[1])) <= cap: pool.append(x)
            n = len(pool)
            for i in range(1, int(n * a.join)): pool[i] = build.joined(pool[i], pool[-i], cap)
            pool += [build.emit(*p) for p in r.choices(lex, k=int(n * a.lex))]
            if grammar: pool += [build.emit(*grammar.example(flip)) for _ in range(int(n * a.made_up))]
            pool.sort(key=lambda p: (max(len(p[0]), len(p[1])), r.random())); out, cur, w = [], [], 0
            for p in pool:
                w = max(w, len(p[0]), len(p[1]))
                if w * (len(cur) + 1) > a.tokens: out.append(cur); cur, w = [], max(len(p[0]), len(p[1]))
                cur.append(p)
            out.append(cur); r.shuffle(out); yield from out
    valid = None
    if a.valid:
        f = [[fix(l) for l in open(p, encoding="utf-8").read().splitlines()[:160]] for p, fix in zip(a.valid, (bangla, english) if flip else (english, bangla))]
        valid = [tensors([(sp.encode(s) + [0], sp.encode(t) + [0], []) for s, t in sorted(zip(*f), key=lambda p: len(p[1]))[i:i + 20]], False)[:3] for i in range(0, len(f[0]), 20)]
    @torch.no_grad()
    def check():
        keep = {k: v.clone() for k, v in M.state_dict().items()}; M.load_state_dict(ema); M.eval(); M.dec[-1].att.keep = False; s = n = 0
        for src, mask, tgt in valid:
            lo = M(src, mask, tgt.clamp(min=0)); s += F.cross_entropy(lo.flatten(0, 1), tgt.flatten(), ignore_index=-100, reduction="sum").item(); n += int((tgt >= 0).sum())
        M.load_state_dict(keep); M.train(); M.dec[-1].att.keep = a.guide > 0
        return s / n
    def save():
        torch.save(dict(cfg=M.cfg, sd=M.state_dict(), adam=adam.state_dict(), muon=mu.buf, ema=ema, step=step, spent=spent, seen=seen, rng=torch.get_rng_state()), ck + ".new"); os.replace(ck + ".new", ck)
    if low: import fused; encode, states, cross = functools.partial(fused.encode, M), functools.partial(fused.states, M), fused.Loss.apply
    else: encode, states, cross = M.encode, M.states, lambda h, w, b, y: CrossEntropy.apply(F.linear(h, w, b), y)
    loss_of = Sampled(V, a.sample, cross); M.dec[-1].att.keep = a.guide > 0; M.train(); it = batches(); saved = told = spent; mean, guided, tok, t_told = 0.0, 0.0, 0, time.time()
    print("params %.1fM pairs %d lexicon %d from step %d" % (sum(p.numel() for p in M.parameters()) / 1e6, len(sent), len(lex), step), flush=True)
    stop = []; signal.signal(signal.SIGTERM, lambda *_: stop.append(1)); t = time.time()          # a kill saves first
    while spent < a.seconds and not stop:
        src, mask, tgt, al = tensors(next(it), a.guide > 0); scale = min(1, (step + 1) / 120) * min(1.0, max(0.02, (1 - frac()) / (1 - a.hold)))
        for g in adam.param_groups: g["lr"] = a.lr * scale * g["f"]
        mu.lr = a.muon * scale
        real = tgt >= 0; n = int(real.sum()); h = states(encode(src, mask), mask, tgt.clamp(min=0)[:, :-1])
        loss = total = loss_of(h[real], M, tgt[real])
        if a.guide:
            w = (M.dec[-1].att.weights * al).sum(-1); linked = al.sum(-1) > 0; g = -torch.log(w[linked] + 1e-6).mean(); total = loss + a.guide * g; guided += g.item() * n
        M.zero_grad(set_to_none=True); total.backward(); torch.nn.utils.clip_grad_norm_(M.parameters(), 1.0); adam.step(); mu.step(); step += 1
        seen += n; tok += n; mean += loss.item() * n
        if step % 4 == 0:
            k = 1 - min(0.96, (step + 1) / (step + 10))          # averages over some 100 steps
            for x, v in M.state_dict().items(): ema[x].lerp_(v, k)
        now = time.time(); spent += now - t if a.until else min(now - t, 30); t = now      # a machine that slept does not use up the budget, but does not stop the clock either
        if spent - told > 60:
            extra = ""
            if valid and int(spent / 180) != int(told / 180): extra = " valid %.3f" % check()
            print(f"{int(spent)}s step {step} loss {mean / tok:.3f} alignment {guided / tok:.3f} {tok / (time.time() - t_told):.0f} target tok/s{extra}", flush=True); told, mean, guided, tok, t_told = spent, 0.0, 0.0, 0, time.time()
        if spent - saved > a.save: saved = spent; save()
    save(); print("done", step, seen, flush=True)

if __name__ == "__main__": main()
