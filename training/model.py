"""The Marian/Bergamot 'student': transformer encoder, SSRU decoder, post-norm, one tied embedding. Parameter names follow Marian's."""
import math
import torch, torch.nn as nn, torch.nn.functional as F

class Linear(nn.Linear):
    def __init__(s, i, o, bias=True):
        super().__init__(i, o, bias); nn.init.xavier_uniform_(s.weight)
        if bias: nn.init.zeros_(s.bias)

def drop(x, p, training):
    """Dropout of whole features of a sentence: on a CPU drawing a number for every position costs more than a layer."""
    if not training or not p: return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= p).float() / (1 - p))

class Scan(torch.autograd.Function):
    """c_t = f_t c_{t-1} + (1 - f_t) x_t with c_{-1} = 0, position by position."""
    @staticmethod
    def forward(ctx, f, x):
        f, x = f.transpose(0, 1).contiguous(), x.transpose(0, 1).contiguous(); c = torch.empty_like(f); p = torch.zeros_like(f[0])
        for t in range(f.shape[0]): p = torch.lerp(x[t], p, f[t]); c[t] = p
        ctx.save_for_backward(f, x, c); return c.transpose(0, 1)
    @staticmethod
    def backward(ctx, g):
        f, x, c = ctx.saved_tensors; g = g.transpose(0, 1).contiguous(); acc = torch.zeros_like(g[0])
        for t in range(f.shape[0] - 1, -1, -1): g[t] += acc; acc = g[t] * f[t]
        df = torch.cat([-x[:1], c[:-1] - x[1:]]) * g
        return df.transpose(0, 1), ((1 - f) * g).transpose(0, 1)

class Attention(nn.Module):
    def __init__(s, d, h):
        super().__init__(); s.h, s.keep, s.weights = h, False, None
        s.q, s.k, s.v, s.o = Linear(d, d), Linear(d, d), Linear(d, d), Linear(d, d)
    def forward(s, x, kv, mask):
        B, T, D = x.shape; S = kv.shape[1]; split = lambda t, n: t.view(B, n, s.h, D // s.h).transpose(1, 2)
        q, k, v = split(s.q(x), T), split(s.k(kv), S), split(s.v(kv), S)
        if s.keep:              # head 0's attention is the alignment the engine reports: kept for the guided-alignment loss
            w = torch.softmax((q @ k.transpose(2, 3) / math.sqrt(D // s.h)).masked_fill(~mask, -1e9), -1); s.weights = w[:, 0]; y = w @ v
        else: y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return s.o(y.transpose(1, 2).reshape(B, T, D))

class FFN(nn.Module):
    def __init__(s, d, f): super().__init__(); s.w1, s.w2 = Linear(d, f), Linear(f, d)
    def forward(s, x): return s.w2(F.relu(s.w1(x)))

class EncoderLayer(nn.Module):
    def __init__(s, d, f, h, p):
        super().__init__(); s.att, s.ffn, s.p = Attention(d, h), FFN(d, f), p
        s.n1, s.n2 = nn.LayerNorm(d, eps=1e-6), nn.LayerNorm(d, eps=1e-6)
    def forward(s, x, m):
        x = s.n1(x + drop(s.att(x, x, m), s.p, s.training))
        return s.n2(x + drop(s.ffn(x), s.p, s.training))

class DecoderLayer(nn.Module):
    def __init__(s, d, f, h, p):
        super().__init__(); s.rw, s.rf = Linear(d, d, bias=False), Linear(d, d)
        s.att, s.ffn, s.p = Attention(d, h), FFN(d, f), p
        s.n0, s.n1, s.n2 = (nn.LayerNorm(d, eps=1e-6) for _ in range(3))
    def forward(s, x, ctx, m):
        x = s.n0(x + drop(F.relu(Scan.apply(torch.sigmoid(s.rf(x)), s.rw(x))), s.p, s.training))
        x = s.n1(x + drop(s.att(x, ctx, m), s.p, s.training))
        return s.n2(x + drop(s.ffn(x), s.p, s.training))
    def step(s, x, c, ctx, m):
        """One position, with the SSRU state of the position before."""
        c = torch.lerp(s.rw(x), c, torch.sigmoid(s.rf(x)))
        x = s.n0(x + F.relu(c)); x = s.n1(x + s.att(x, ctx, m))
        return s.n2(x + s.ffn(x)), c

def positions(n, d):
    """Marian's: sine in the first half of the dimensions, cosine in the second; frequencies 1e-4^(c/(d/2-1))."""
    t, c = d // 2, torch.arange(d)
    return torch.sin(torch.arange(n).float()[:, None] * 1e-4 ** ((c % t).float() / (t - 1)) + (c // t).float() * (math.pi / 2))

class Student(nn.Module):
    def __init__(s, vocab, d=256, ffn=1536, heads=8, enc=6, dec=2, drop=0.1, maxlen=512):
        super().__init__(); s.cfg = dict(vocab=vocab, d=d, ffn=ffn, heads=heads, enc=enc, dec=dec); s.d, s.p = d, drop
        s.emb = nn.Embedding(vocab, d); nn.init.normal_(s.emb.weight, std=d ** -0.5); s.out_b = nn.Parameter(torch.zeros(vocab))
        s.enc = nn.ModuleList(EncoderLayer(d, ffn, heads, drop) for _ in range(enc)); s.dec = nn.ModuleList(DecoderLayer(d, ffn, heads, drop) for _ in range(dec))
        s.register_buffer("pe", positions(maxlen, d), persistent=False)
    def encode(s, src, mask):
        x = drop(s.emb(src) * math.sqrt(s.d) + s.pe[: src.shape[1]], s.p, s.training); m = mask[:, None, None, :]
        for l in s.enc: x = l(x, m)
        return x
    def states(s, ctx, mask, before):
        """Decoder states; `before` are the target tokens without the last: position 0 is a zero embedding."""
        e = s.emb(before) * math.sqrt(s.d); e = torch.cat([e.new_zeros(e.shape[0], 1, s.d), e], 1) + s.pe[: before.shape[1] + 1]
        x = drop(e, s.p, s.training); m = mask[:, None, None, :]
        for l in s.dec: x = l(x, ctx, m)
        return x
    def forward(s, src, mask, tgt): return F.linear(s.states(s.encode(src, mask), mask, tgt[:, :-1]), s.emb.weight, s.out_b)
    @torch.no_grad()
    def greedy(s, src, mask, maxlen):
        ctx = s.encode(src, mask); B = src.shape[0]; m = mask[:, None, None, :]; out, done = [], torch.zeros(B, dtype=torch.bool)
        x = torch.zeros(B, 1, s.d); state = [torch.zeros(B, 1, s.d) for _ in s.dec]
        for t in range(maxlen):
            y = x + s.pe[t]
            for i, l in enumerate(s.dec): y, state[i] = l.step(y, state[i], ctx, m)
            n = F.linear(y[:, 0], s.emb.weight, s.out_b).argmax(-1); n[done] = 0; out.append(n); done |= n == 0
            if done.all(): break
            x = (s.emb(n) * math.sqrt(s.d))[:, None]
        return torch.stack(out, 1)
