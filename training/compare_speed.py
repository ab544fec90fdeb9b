"""The embedded engine beside CTranslate2 on a model of the same dimensions: source words a second, by batch and threads.

  python compare_speed.py --decode ../target/release/examples/decode --model ../models/starter/en-bn --text DEV.en [--first 320] [--rounds 5]

CTranslate2 (`pip install ctranslate2`) knows no SSRU decoder: it gets a transformer of the same layers and widths with random
weights in int8, and writes as many tokens a batch as the engine's translation has, so that both encode and decode the same number of tokens.
Sentences are sorted by length for both. The two take turns, `--rounds` times; the best of each counts, loading is not timed. The engine's
lines leave out nothing of its work (pieces to text); CTranslate2's leave out the splitting into pieces.
"""
import argparse, glob, os, subprocess, tempfile, time
import ctranslate2, numpy as np, sentencepiece as spm
from ctranslate2.specs import TransformerSpec

def fill(spec, d, f, vocab, rng):
    """Random weights for every variable of the spec that has none."""
    def weight(*shape): return (rng.standard_normal(shape) * 0.05).astype(np.float32)
    def norm(x): x.gamma, x.beta = np.ones(d, np.float32), np.zeros(d, np.float32)
    def linear(x, i, o): x.weight, x.bias = weight(o, i), np.zeros(o, np.float32)
    def attention(x, own):
        norm(x.layer_norm)
        if own: linear(x.linear[0], d, 3 * d); linear(x.linear[1], d, d)
        else: linear(x.linear[0], d, d); linear(x.linear[1], d, 2 * d); linear(x.linear[2], d, d)
    def ffn(x): norm(x.layer_norm); linear(x.linear_0, d, f); linear(x.linear_1, f, d)
    e = spec.encoder.embeddings; (e[0] if isinstance(e, list) else e).weight = weight(vocab, d); spec.decoder.embeddings.weight = weight(vocab, d)
    for side in (spec.encoder, spec.decoder):
        if getattr(side, "layer_norm", None) is not None: norm(side.layer_norm)
        for l in side.layer: attention(l.self_attention, True); ffn(l.ffn)
    for l in spec.decoder.layer: attention(l.attention, False)
    linear(spec.decoder.projection, d, vocab)

def main():
    a = argparse.ArgumentParser(); a.add_argument("--decode", required=True); a.add_argument("--model", required=True); a.add_argument("--text", required=True)
    a.add_argument("--first", type=int, default=320); a.add_argument("--rounds", type=int, default=5)
    a.add_argument("--layers", type=int, nargs=2, default=(6, 2)); a.add_argument("--dim", type=int, default=256); a.add_argument("--ffn", type=int, default=1536); a.add_argument("--heads", type=int, default=8); a = a.parse_args()
    pieces = spm.SentencePieceProcessor(model_file=glob.glob(os.path.join(a.model, "*vocab*.spm"))[0]); words = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    lines = sorted(open(a.text, encoding="utf-8").read().splitlines()[:a.first], key=lambda l: len(l.encode())); count = sum(len(l.split()) for l in lines)
    def engine(batch, threads):
        p = subprocess.run([a.decode, a.model, "--batch", str(batch), "--threads", str(threads)], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
        return float(p.stderr.split()[-1]), p.stdout.split("\n")[:-1]
    answers = engine(16, 1)[1]; sent = [pieces.encode(l, out_type=str) + ["</s>"] for l in lines]; wrote = [len(pieces.encode(l)) + 1 for l in answers]
    spec = TransformerSpec.from_config(tuple(a.layers), a.heads, pre_norm=False, activation=ctranslate2.specs.Activation.RELU)
    fill(spec, a.dim, a.ffn, len(words), np.random.default_rng(1)); spec.register_source_vocabulary(words); spec.register_target_vocabulary(words); spec.validate(); spec.optimize(quantization="int8")
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        def other(batch, threads):
            t = ctranslate2.Translator(folder, device="cpu", compute_type="int8", inter_threads=1, intra_threads=threads); t.translate_batch(sent[:2], beam_size=1, max_decoding_length=4)
            begun = time.perf_counter()
            for i in range(0, len(sent), batch):
                n = max(1, round(sum(wrote[i:i + batch]) / len(wrote[i:i + batch])))
                t.translate_batch(sent[i:i + batch], beam_size=1, min_decoding_length=n, max_decoding_length=n)
            return time.perf_counter() - begun
        print(f"{len(lines)} sentences, {count} words, {sum(map(len, sent))} source and {sum(wrote)} target tokens; best of {a.rounds} turns; CTranslate2 {ctranslate2.__version__}")
        print("| Batch | Threads | engine, words/s | CTranslate2, words/s | ratio |\n|---|---|---|---|---|")
        for batch in (1, 16):
            for threads in (1, 2):
                turns = [(engine(batch, threads)[0], other(batch, threads)) for _ in range(a.rounds)]; x, y = (min(t[i] for t in turns) for i in (0, 1))
                print(f"| {batch} | {threads} | {count / x:.0f} | {count / y:.0f} | {y / x:.2f} |", flush=True)

if __name__ == "__main__": main()
