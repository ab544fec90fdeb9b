#!/usr/bin/env python3
"""Measures how much of the engine's speed is left of it in the pipeline: the ratios of docs/models.md.

    cargo build --release --bin anubad --example decode
    scripts/pipeline-speed.py MODEL ARTICLE... [--beam 4] [--threads 2] [--concurrency 4] [--turns 7] [--target target/release]

MODEL is the folder of the English → Bangla model that the binary has, `models/starter/en-bn`; the articles are English. One run of the
pipeline tells their sentences. Then the pipeline (`anubad run`, a fresh state each time) and the engine alone (`examples/decode`) take turns with them:

- `as written`: the engine gets the sentences of the articles as they are;
- `with holes`: it gets them with their values as the tokens that the pipeline sends for them.

Said are the medians of the ratios engine : pipeline, seconds by the clock and of the processor, each turn's beside the other's. The time of
the pipeline is that of the process less the time that a run over one short sentence takes; the engine's is that of the process less that
without a sentence.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FIRST_HOLE, HOLES = 0xE000, 16


def timed(command, **more):
    """Seconds by the clock and of the processor."""
    begun, before = time.monotonic(), os.times()
    done = subprocess.run(command, capture_output=True, **more)
    clock, after = time.monotonic() - begun, os.times()
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.decode()[-2000:]}")
    return clock, after.children_user + after.children_system - before.children_user - before.children_system


def with_holes(segment):
    """The sentence with its values as tokens, in their order; those that have none left stay words."""
    text, out, at = segment["source"], [], 0
    spans = sorted({tuple(span) for mark in segment["marks"] for span in mark["source_spans"]})
    for number, (start, end) in enumerate(spans[:HOLES]):
        if start >= at:
            out += [text[at:start], chr(FIRST_HOLE + number)]
            at = end
    return "".join(out) + text[at:]


def sentences(folder):
    for path in sorted(folder.glob("**/*.bn.json")):
        for block in json.loads(path.read_text("utf-8"))["blocks"]:
            for segment in block.get("segments", []):
                yield segment


def main():
    a = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    a.add_argument("model", type=pathlib.Path)
    a.add_argument("articles", type=pathlib.Path, nargs="+")
    a.add_argument("--beam", type=int, default=4)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--concurrency", type=int, default=4)
    a.add_argument("--turns", type=int, default=7)
    a.add_argument("--target", type=pathlib.Path, default=pathlib.Path("target/release"))
    a = a.parse_args()
    anubad, decode = (a.target / name for name in ("anubad", "examples/decode"))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in ("in", "none"):
            (folder / part).mkdir()
        for article in a.articles:
            shutil.copy(article, folder / "in")
        (folder / "none" / "short.txt").write_text("Schools will stay closed until the water has gone down.\n", "utf-8")

        def run(what):
            for left in ("out", ".anubad"):
                shutil.rmtree(folder / left, ignore_errors=True)
            (folder / "pipeline.toml").write_text(
                f'[pipeline]\npairs = ["en-bn"]\nproviders = ["local"]\nconcurrency = {a.concurrency}\n'
                f'[input]\npaths = ["{what}"]\n[output]\nfolder = "out"\n'
                f'[providers.local]\nkind = "local"\nthreads = {a.threads}\nbeam = {a.beam}\n', "utf-8")
            return timed([anubad.resolve(), "run", "--quiet", "--config", folder / "pipeline.toml"])

        def engine(texts):
            beam = ["--beam", str(a.beam)]
            text = "".join(text + "\n" for text in texts)
            return timed([decode.resolve(), a.model, "--threads", str(a.threads), *beam], input=text.encode())

        run("in")
        segments = list(sentences(folder / "out"))
        written, held = [s["source"] for s in segments], [with_holes(s) for s in segments]
        words = sum(len(text.split()) for text in written)
        print(f"{len(a.articles)} articles, {len(segments)} sentences, {words} words; beam {a.beam}, {a.threads} threads, "
              f"{a.concurrency} articles at a time")
        turns = []
        for turn in range(a.turns):
            order = [lambda: run("in"), lambda: run("none"), lambda: engine(written), lambda: engine(held), lambda: engine([])]
            turns.append([once() for once in order])
        for what, of in (("as written", 2), ("with holes", 3)):
            for kind, at in (("clock", 0), ("processor", 1)):
                pipeline = [t[0][at] - t[1][at] for t in turns]
                alone = [t[of][at] - t[4][at] for t in turns]
                ratio = statistics.median(e / p for e, p in zip(alone, pipeline))
                print(f"{what}, {kind}: engine {statistics.median(alone):.2f} s, pipeline {statistics.median(pipeline):.2f} s, "
                      f"{ratio:.2f} ({min(e / p for e, p in zip(alone, pipeline)):.2f} to {max(e / p for e, p in zip(alone, pipeline)):.2f})")
            if of == 2:
                print(f"words a second by the clock: engine {words / statistics.median(t[2][0] - t[4][0] for t in turns):.0f}, "
                      f"pipeline {words / statistics.median(t[0][0] - t[1][0] for t in turns):.0f}")


main()
