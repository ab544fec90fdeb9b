"""The mean of a checkpoint's averaged weights and those of an engine model, as a checkpoint for export.py.

  python mean.py --checkpoint OUT/en-bn.pt --model ../models/starter/en-bn/model.en-bn.intgemm.alphas.bin --out MEAN [--share 0.5]

--share is the checkpoint's. Both must be of the same sizes, and the checkpoint's training should have begun with the model (warm.py): means of
networks that were trained apart are none.
"""
import argparse, os, torch
from warm import student

def main():
    a = argparse.ArgumentParser(); a.add_argument("--checkpoint", required=True); a.add_argument("--model", required=True); a.add_argument("--out", required=True); a.add_argument("--share", type=float, default=0.5); a = a.parse_args()
    out = os.path.join(a.out, os.path.basename(a.checkpoint)); c = torch.load(a.checkpoint, map_location="cpu", weights_only=False); old = student(a.model).state_dict()
    if os.path.exists(out): raise SystemExit(f"{out} exists: move it away")
    os.makedirs(a.out, exist_ok=True); mean = {k: a.share * v + (1 - a.share) * old[k] for k, v in c["ema"].items()}
    torch.save(dict(cfg=c["cfg"], sd=mean, ema=mean, step=c["step"], spent=0.0, seen=c["seen"]), out); print("mean in", out)

if __name__ == "__main__": main()
