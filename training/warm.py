"""Turn a shipped engine model back into a checkpoint, so that training goes on from it.

  python warm.py --model ../models/starter/en-bn/model.en-bn.intgemm.alphas.bin --out OUT [--enc 6]      # -> OUT/en-bn.pt

The weights are those of the int8 file times their step: what rounding took away stays away, and a few hundred training steps bring it
back. Optimiser, averages of it and the schedule start anew: `train.py` begins its warm-up and its budget with the first step.

--anew lets the feed-forward parts of encoder layers begin anew in which hardly a unit ever rises above zero: what goes in gets the spread that other layers
have, what is read of it is random and around zero, what comes out is small and random at first. The layers are counted from 1.

--ffn gives the feed-forward parts more units, which read at random and give little at first; `train.py` wants the same --ffn.

--enc gives the encoder more layers, spread evenly among the old ones. A new one adds nothing at first (its last matrices are zero, its norms
put back the spread and mean of what comes in), so that the deeper network begins nearly as good as the old one; `train.py` wants the same --enc.
"""
import argparse, os, re, struct
import numpy as np, torch
from marian import F32, IG8, modules
from model import Student

def read(path):
    """Marian name -> array as `marian.items` gives it (weights [K,N]), dequantised; and the text of special:model.yml."""
    b = open(path, "rb").read(); version, n = struct.unpack_from("<QQ", b); at = 16
    if version != 1: raise SystemExit(f"{path}: not a Marian model of version 1 but {version}")
    heads = [struct.unpack_from("<QQQQ", b, at + 32 * i) for i in range(n)]; at += 32 * n; names, shapes, out, text = [], [], {}, ""
    for h in heads: names.append(b[at:at + h[0] - 1].decode()); at += h[0]
    for h in heads: shapes.append(struct.unpack_from(f"<{h[2]}i", b, at)); at += 4 * h[2]
    at += 8 + struct.unpack_from("<Q", b, at)[0]
    for name, shape, (_, kind, _, size) in zip(names, shapes, heads):
        d = b[at:at + size]; at += size; k = int(np.prod(shape))
        if kind == F32: out[name] = np.frombuffer(d, "<f4", k).reshape(shape)
        elif kind == IG8:
            q = struct.unpack_from("<f", d, k)[0]; a = np.frombuffer(d, np.int8, k).astype(np.float32) / q
            out[name] = a.reshape(shape) if name == "Wemb" else a.reshape(shape[::-1]).T          # stored [N,K]; the embedding as it is
        elif name.startswith("special:"): text = d.rstrip(b"\0").decode()
    return out, text

def student(path):
    """The network that a model file holds."""
    w, text = read(path); y = dict(re.findall(r"^([\w-]+): *(\S+)$", text, re.M)); V, d = w["Wemb"].shape
    m = Student(V, d=d, ffn=int(y["transformer-dim-ffn"]), heads=int(y["transformer-heads"]), enc=int(y["enc-depth"]), dec=int(y["dec-depth"]), drop=0.0); used = set()
    def put(p, name, t=False):
        a = w[name]; used.add(name); a = torch.from_numpy(np.array(a.T if t else a.reshape(p.shape), dtype=np.float32)); assert a.shape == p.shape, (name, a.shape, p.shape); p.data.copy_(a)
    put(m.emb.weight, "Wemb"); put(m.out_b, "decoder_ff_logit_out_b")
    for name, lin in modules(m).items():
        put(lin.weight, name, True)
        if lin.bias is not None: put(lin.bias, re.sub("_W([^_]*)$", r"_b\1", name))
    norms = [(f"encoder_l{i}_{x}", n) for i, l in enumerate(m.enc, 1) for x, n in (("self_Wo", l.n1), ("ffn_ffn", l.n2))]
    norms += [(f"decoder_l{i}_{x}", n) for i, l in enumerate(m.dec, 1) for x, n in (("rnn_ffn", l.n0), ("context_Wo", l.n1), ("ffn_ffn", l.n2))]
    for base, n in norms: put(n.weight, base + "_ln_scale"); put(n.bias, base + "_ln_bias")
    left = {n for n in w if n not in used and not n.endswith("_QuantMultA")}
    if left: raise SystemExit(f"{path}: not a model of this kind, it also holds {sorted(left)[:5]}")
    return m

@torch.no_grad()
def deeper(old, layers):
    """The network with so many encoder layers; what the new ones give is what they get, but for small differences in spread."""
    c = dict(old.cfg, enc=layers); new = Student(c["vocab"], d=c["d"], ffn=c["ffn"], heads=c["heads"], enc=layers, dec=c["dec"], drop=0.0); n = len(old.enc)
    new.emb, new.out_b, new.dec = old.emb, old.out_b, old.dec; at = [i * layers // n for i in range(n)]          # the places of the old ones
    for place, layer in enumerate(new.enc):
        if place in at: new.enc[place] = before = old.enc[at.index(place)]; continue
        g, b = before.n2.weight, before.n2.bias; spread, mean = (g.square().mean() + b.var(unbiased=False)).sqrt(), b.mean()
        for m in (layer.att.o, layer.ffn.w2): m.weight.zero_()
        for m in (layer.n1, layer.n2): m.weight.fill_(spread); m.bias.fill_(mean)
    return new

@torch.no_grad()
def begin_anew(m, layers):
    for n in layers:
        l = m.enc[n - 1]; own = l.ffn; k = 0.9 / l.n1.weight.mean()
        for p in (l.n1.weight, l.n1.bias, own.w2.bias): p.mul_(k)          # what goes in has the usual spread; the norm at the end takes the factor out again
        own.w1.weight.normal_(0, 0.07); own.w1.bias.copy_(-own.w1.weight @ l.n1.bias); own.w2.weight.normal_(0, 0.005)

@torch.no_grad()
def wider(old, ffn):
    """The network with so many feed-forward units; what the new ones read is random, what they give is small and random at first."""
    new = Student(**dict(old.cfg, ffn=ffn), drop=0.0); have = old.state_dict(); at = old.cfg["ffn"]
    for name, p in new.state_dict().items():
        o = have[name]
        if p.shape == o.shape: p.copy_(o)
        elif name.endswith("w1.weight"): p[:at] = o; p[at:].normal_(0, o.std())
        elif name.endswith("w1.bias"): p[:at] = o; p[at:] = 0
        else: p[:, :at] = o; p[:, at:].normal_(0, 0.02)
    return new

def main():
    a = argparse.ArgumentParser(); a.add_argument("--model", required=True); a.add_argument("--out", required=True); a.add_argument("--enc", type=int); a.add_argument("--ffn", type=int)
    a.add_argument("--anew", type=int, nargs="*", default=[], metavar="LAYER"); a = a.parse_args()
    pair = re.search(r"\b([a-z]{2}-[a-z]{2})\b", os.path.basename(a.model))[1]; out = os.path.join(a.out, pair + ".pt")
    if os.path.exists(out): raise SystemExit(f"{out} exists: move it away, or train on from it")
    os.makedirs(a.out, exist_ok=True); m = student(a.model); m = deeper(m, a.enc) if a.enc else m; begin_anew(m, a.anew); m = wider(m, a.ffn) if a.ffn else m; sd = {k: v.detach().clone() for k, v in m.state_dict().items()}
    torch.save(dict(cfg=m.cfg, sd=sd, ema=sd, step=0, spent=0.0, seen=0), out); print(pair, "weights of", a.model, "in", out)

if __name__ == "__main__": main()
