"""Starting embeddings, so that training need not find out first which pieces of the two languages belong together.

  python embed.py --prep PREP        # -> PREP/embed.pt: vectors for all pieces, piece frequencies in each language

Pieces are counted with their neighbours and with the neighbours of the pieces they are aligned to; positive pointwise mutual information,
then a truncated SVD. Aligned pieces share their neighbours and so get similar vectors.
"""
import argparse, os, pickle
import numpy as np, sentencepiece as spm, torch
from augment import Builder

def main():
    a = argparse.ArgumentParser(); a.add_argument("--prep", required=True); a.add_argument("--d", type=int, default=256); a.add_argument("--threads", type=int, default=2); a = a.parse_args()
    torch.set_num_threads(a.threads); torch.manual_seed(1); sp = spm.SentencePieceProcessor(model_file=os.path.join(a.prep, "vocab.spm")); V = sp.get_piece_size()
    data = pickle.load(open(os.path.join(a.prep, "pairs.pkl"), "rb")); build = Builder(sp, False)
    C = np.zeros(V * V, dtype=np.float32); buf = []; freq = np.zeros((2, V))
    def flush():
        nonlocal C
        if buf: x = np.concatenate([np.concatenate((p * V + q, q * V + p)) for p, q, _ in buf]); w = np.concatenate([np.full(2 * len(p), w, dtype=np.float32) for p, _, w in buf]); C += np.bincount(x, w, minlength=V * V).astype(np.float32); buf.clear()
    for n, p in enumerate([q[1:4] for q in data["sent"]] + [tuple(q) for q in data["lex"]]):
        e, b, k = build.emit(*p); E, B = np.array(e[:-1]), np.array(b[:-1])
        np.add.at(freq[0], E, 1); np.add.at(freq[1], B, 1); k = np.array([(j, i) for j, i in k if j < len(B) and i < len(E)], dtype=np.int64).reshape(-1, 2)
        for S in (E, B):
            for o in (1, 2, 3):
                if len(S) > o: buf.append((S[o:], S[:-o], 1 / o))
        if len(k):
            j, i = k.T; buf.append((B[j], E[i], 2.0))
            for o in (-2, -1, 1, 2):
                m = (i + o >= 0) & (i + o < len(E)); buf.append((B[j[m]], E[i[m] + o], 0.5))
                m = (j + o >= 0) & (j + o < len(B)); buf.append((E[i[m]], B[j[m] + o], 0.5))
        if len(buf) > 100000: flush()
    flush()
    X = torch.from_numpy(C.reshape(V, V)); del C
    row = X.sum(1, keepdim=True).clamp(min=1e-6); col = X.sum(0, keepdim=True).clamp(min=1e-6) ** 0.75; col = col / col.sum()
    X = torch.log((X / row / col).clamp(min=1e-9)).clamp_(min=0)
    U, S, _ = torch.svd_lowrank(X, q=a.d + 16, niter=2); W = U[:, :a.d] * S[:a.d] ** 0.5
    W = W / W.std(0, keepdim=True) ** 0.5; W = W - W.mean(0); none = torch.from_numpy(freq.sum(0)) < 2
    W[none] = torch.randn(int(none.sum()), a.d); W = torch.nn.functional.normalize(W, dim=1)
    torch.save(dict(vectors=W, en=torch.from_numpy(freq[0]), bn=torch.from_numpy(freq[1])), os.path.join(a.prep, "embed.pt"))
    for w in ("▁government", "▁school", "▁people", "▁water", "▁year", "▁said", "▁country"):
        i = sp.piece_to_id(w); print(w, [sp.id_to_piece(int(j)) for j in (W @ W[i]).topk(7).indices[1:]])

if __name__ == "__main__": main()
