"""Trains the transliteration table: align, count, smooth, mix, prune, write."""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import align
import ngram
import pairs
import table

# How often each of our own words counts: names of world news as newsrooms spell them, which the lists lack.
NEWSROOM_COUNT = 3
# Each table: the share of every source in its mixture, and the gain under which an n-gram is pruned.
TABLES = {
    "names": ({"names": 0.65, "places": 0.25, "words": 0.1}, 0.4),
    "words": ({"names": 0.08, "places": 0.07, "words": 0.85}, 3.8),
}
# Longer words are left out: they are few, and cost the alignment most.
LONGEST = 18
# Words of the dictionary outnumber names; in the alignment each counts for less.
ALIGNMENT_WEIGHT = {"names": 1.0, "places": 1.0, "words": 0.2}


def gathered(data):
    """{source of pairs: Counter of (english, bangla)}."""
    shared = Path(data)
    names = shared / "eval/transliteration/names.train.tsv"
    glossaries = shared / "glossaries"
    dakshina = Counter()
    for a, b, count in pairs.dakshina(shared / "eval/transliteration/bn.translit.sampled.train.tsv"):
        dakshina[a, b] += count
    named = Counter(pairs.names(names, "train"))
    for a, b, *_ in pairs.rows(Path(__file__).with_name("newsroom.tsv")):
        named[a, pairs.bangla(b)] += NEWSROOM_COUNT
    return {
        "names": named,
        "places": Counter(set(pairs.places([
            glossaries / "geonames_cities.tsv", glossaries / "bd_geocode.tsv", glossaries / "cldr_tz_cities.tsv",
            shared / "parallel/lex_gweather_places.tsv",
        ]))),
        "words": dakshina,
    }


def aligned(sources, arguments, log):
    """Numbers for the units that are kept, and for each source its words as (units, count)."""
    rows, origin = [], []
    for name, counter in sources.items():
        for (a, b), count in counter.items():
            tokens = pairs.bangla_tokens(b)
            if len(a) <= LONGEST and len(tokens) <= LONGEST:
                rows.append((a, tokens, ALIGNMENT_WEIGHT[name] * count))
                origin.append((name, count))
    log(f"{len(rows)} pairs")
    inventory = {}
    groups = align.shapes(rows, inventory)
    log(f"{len(inventory)} units possible")
    weights = align.train(groups, inventory, arguments.rounds, log)
    seen = Counter()
    for units, value in align.best(groups, rows, weights):
        if units and value / len(units) > arguments.floor:
            seen.update(units)
    # Again, with the common units alone: a rare unit is mostly one word's accident.
    for unit, number in inventory.items():
        if seen[unit] < arguments.rare:
            weights[number] = 0
    number = {("", ()): ngram.OPEN, ("", ("",)): ngram.CLOSE}
    sequences = {name: [] for name in sources}
    for (units, value), (name, count) in zip(align.best(groups, rows, weights), origin):
        if units is not None and value / len(units) > arguments.floor:
            sequences[name].append((tuple(number.setdefault(u, len(number)) for u in units), float(count)))
    log(f"{len(number)} units kept, {len(rows) - sum(map(len, sequences.values()))} pairs set aside")
    return number, sequences


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder that holds eval/, glossaries/ and parallel/")
    parser.add_argument("--out", required=True, help="folder for the tables, such as src/language/transliterate")
    parser.add_argument("--aligned", help="file for the alignments: read if it is there, else written")
    parser.add_argument("--order", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--floor", type=float, default=-9.0, help="mean ln weight a unit under which a pair is no rendering")
    parser.add_argument("--rare", type=int, default=2, help="units seen less often are dropped, and their words")
    arguments = parser.parse_args()
    started = time.time()

    def log(message):
        print(f"[{time.time() - started:5.0f}s] {message}", flush=True)

    if arguments.aligned and Path(arguments.aligned).exists():
        number, sequences = json.loads(Path(arguments.aligned).read_text())
        number = {(a, tuple(b)): i for i, (a, b) in enumerate(number)}
    else:
        number, sequences = aligned(gathered(arguments.data), arguments, log)
        if arguments.aligned:
            Path(arguments.aligned).write_text(json.dumps([list(number), sequences], ensure_ascii=False))
    sequences = {k: [(tuple(u), c) for u, c in v] for k, v in sequences.items()}
    models = {}
    for name, lines in sequences.items():
        models[name] = ngram.estimate(lines, arguments.order, len(number))
        log(f"{name}: {[len(level) for level in models[name]]}")
    for title, (shares, threshold) in TABLES.items():
        model = ngram.mixed([models[name] for name in shares], list(shares.values()))
        everything = [(units, count * share) for name, share in shares.items() for units, count in sequences[name]]
        model = ngram.pruned(model, everything, threshold)
        data = table.encoded(list(number), model)
        Path(arguments.out, f"{title}.table").write_bytes(data)
        log(f"{title}: {[len(level) for level in model]}, {len(data)} bytes")


if __name__ == "__main__":
    main()
