#!/usr/bin/env python3
"""Counts how often persons whom no glossary has are written as people wrote them: the figures of docs/names.md.

    scripts/names-by-sound.py ANUBAD SOURCE.en TARGET.bn [SOURCE.en TARGET.bn …]

ANUBAD is a release build; the files are parallel, and the language of each is its ending. Each line is translated by the embedded engine as an
article of its own. Of the persons in full whom the glossary lacks, it says how many are written in words that all stand in the
reference, and how many an editor is told to check.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata


def lines(path):
    return unicodedata.normalize("NFC", pathlib.Path(path).read_text("utf-8")).splitlines()


def main():
    anubad, *files = sys.argv[1:]
    if not files or len(files) % 2:
        sys.exit(__doc__)
    counts = collections.Counter()
    for number, (source, target) in enumerate(zip(files[::2], files[1::2])):
        languages = [path.rsplit(".", 1)[-1] for path in (source, target)]
        references = lines(target)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "in").mkdir()
            for at, line in enumerate(lines(source)):
                (folder / "in" / f"{at}.txt").write_text(line + "\n", "utf-8")
            (folder / "pipeline.toml").write_text(
                f'[pipeline]\npairs = ["{"-".join(languages)}"]\nproviders = ["local"]\n[input]\npaths = ["in"]\n'
                '[output]\nfolder = "out"\n[providers.local]\nkind = "local"\n', "utf-8")
            subprocess.run([pathlib.Path(anubad).resolve(), "run", "--quiet", "--config", folder / "pipeline.toml"], capture_output=True)
            for path in (folder / "out").glob(f"*.{languages[1]}.json"):
                reference = references[int(path.name.split(".")[0])]
                blocks = json.loads(path.read_text("utf-8"))["blocks"]
                for segment in (segment for block in blocks for segment in block.get("segments", [])):
                    told = " ".join(f["message"] for f in segment["findings"] if f["check"] == "names" and f["severity"] != "note")
                    for mark in segment["marks"]:
                        is_ours = mark["target"] is None or f"`{mark['source']}` is written" in told
                        if mark["kind"] != "person" or " " not in mark["source"] or not is_ours:
                            continue
                        there = segment["target"].encode()
                        rendering = mark["target"] or " ".join(there[start:end].decode() for start, end in mark["target_spans"])
                        words = unicodedata.normalize("NFC", rendering).split()
                        is_right = bool(words) and all(word.strip(",।.") in reference for word in words)
                        counts["-".join(languages), is_right, mark["source"] in told] += 1
    for pair in sorted({key[0] for key in counts}):
        of = {(right, told): counts[pair, right, told] for right in (True, False) for told in (True, False)}
        print(f"{pair}: {sum(of.values())} persons, {of[True, True] + of[True, False]} as in the reference; "
              f"{of[False, False]} others without a warning, {of[True, True]} right ones with one")


main()
