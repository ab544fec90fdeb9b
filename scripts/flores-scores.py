"""The scores of sacrebleu for tests/data/flores.scores.tsv.

  pip install sacrebleu==2.6.0
  python scripts/flores-scores.py FLORES > tests/data/flores.scores.tsv

FLORES is a folder with en-bn/ and bn-en/: flores-dev.en, flores-dev.bn and the outputs of systems, flores-dev.SYSTEM.LANGUAGE.
"""
import glob, os, sys
import sacrebleu

print(f"# sacrebleu {sacrebleu.__version__}: pair, output, chrF++, chrF, BLEU")
for pair in ("en-bn", "bn-en"):
    target = pair[-2:]
    folder = os.path.join(sys.argv[1], pair)
    reference = open(f"{folder}/flores-dev.{target}", encoding="utf-8").read().splitlines()
    for path in sorted(glob.glob(f"{folder}/flores-dev.*.{target}")):
        output = open(path, encoding="utf-8").read().splitlines()
        scores = (
            sacrebleu.corpus_chrf(output, [reference], word_order=2).score,
            sacrebleu.corpus_chrf(output, [reference]).score,
            sacrebleu.corpus_bleu(output, [reference]).score,
        )
        print(pair, os.path.basename(path), *(f"{score:.2f}" for score in scores), sep="\t")
