"""Write a checkpoint's averaged weights as an engine model (int8), with its vocabulary, and refresh SHA256SUMS.

  python export.py --checkpoint OUT/en-bn.pt --prep PREP --models MODELS      # -> MODELS/en-bn/model.en-bn.intgemm.alphas.bin, vocab.spm
"""
import argparse, hashlib, os, pickle, random, shutil
import sentencepiece as spm, torch
from augment import Builder
from marian import calibrate, write
from model import Student
from train import tensors

def load(checkpoint):
    c = torch.load(checkpoint, map_location="cpu", weights_only=False); m = Student(**c["cfg"], drop=0.0); m.load_state_dict(c["ema"]); return m.eval(), c["step"]

def main():
    a = argparse.ArgumentParser(); a.add_argument("--checkpoint", required=True); a.add_argument("--prep", required=True); a.add_argument("--models", required=True)
    a.add_argument("--float", action="store_true", help="also write the float32 model"); a = a.parse_args(); torch.set_num_threads(1)
    pair = os.path.basename(a.checkpoint)[:-3]; m, step = load(a.checkpoint); random.seed(1)
    vocab = os.path.join(a.prep, "vocab.spm"); build = Builder(spm.SentencePieceProcessor(model_file=vocab), pair == "bn-en")
    sent = random.sample(pickle.load(open(os.path.join(a.prep, "pairs.pkl"), "rb"))["sent"], 640); ex = [build.example(p) for p in sent]
    ranges = calibrate(m, [(lambda t: (t[0], t[1], t[2].clamp(min=0)))(tensors(ex[i:i + 40], False)) for i in range(0, 640, 40)])
    out = os.path.join(a.models, pair); os.makedirs(out, exist_ok=True); name = f"model.{pair}"
    model = os.path.join(out, name + ".intgemm.alphas.bin")
    write(model + ".new", m, ranges); shutil.copy(vocab, os.path.join(out, "vocab.spm.new"))
    os.replace(model + ".new", model); os.replace(os.path.join(out, "vocab.spm.new"), os.path.join(out, "vocab.spm"))
    if a.float: write(os.path.join(out, name + ".f32.bin"), m)
    lines = []
    for p in ("bn-en", "en-bn"):
        for f in sorted(os.listdir(os.path.join(a.models, p))) if os.path.isdir(os.path.join(a.models, p)) else []:
            if f.endswith((".alphas.bin", ".spm")): lines.append(f"{hashlib.sha256(open(os.path.join(a.models, p, f), 'rb').read()).hexdigest()}  {p}/{f}\n")
    sums = os.path.join(a.models, "SHA256SUMS"); open(sums + ".new", "w").writelines(lines); os.replace(sums + ".new", sums)
    print(pair, "step", step, "written to", out)

if __name__ == "__main__": main()
