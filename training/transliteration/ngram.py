"""A Kneser-Ney n-gram model over unit sequences, interpolated, mixed and pruned, in backoff form.

A model is a list of dictionaries, one an order: n-gram (tuple of unit numbers) -> [ln p, ln backoff].
Unit 0 opens a word and unit 1 closes it.
"""

from collections import defaultdict
from math import exp, log

OPEN, CLOSE = 0, 1


def counted(sequences, order):
    """Counts of each order; below the highest, how many different units precede (Kneser-Ney)."""
    raw = [defaultdict(float) for _ in range(order)]
    for units, weight in sequences:
        line = (OPEN, *units, CLOSE)
        for n in range(1, order + 1):
            for i in range(len(line) - n + 1):
                raw[n - 1][line[i:i + n]] += weight
    out = []
    for n in range(1, order):
        level = defaultdict(float)
        for gram, count in raw[n].items():
            level[gram[1:]] += min(1.0, count)
        for gram, count in raw[n - 1].items():
            if gram[0] == OPEN:
                level[gram] = count
        out.append(level)
    out.append(raw[order - 1])
    out[0].pop((OPEN,), None)
    return out


def discounts(level):
    """Chen and Goodman's three discounts, for counts of one, two, and three or more."""
    of = [0] * 5
    for count in level.values():
        whole = round(count)
        if 1 <= whole <= 4:
            of[whole] += 1
    if min(of[1:]) == 0:
        return (0.7, 1.1, 1.4)
    y = of[1] / (of[1] + 2 * of[2])
    return tuple(min(max(k - (k + 1) * y * of[k + 1] / of[k], 0.3), k - 0.05) for k in (1, 2, 3))


def estimate(sequences, order, vocabulary):
    levels = counted(sequences, order)
    model = [dict() for _ in range(order)]
    for n, level in enumerate(levels):
        d1, d2, d3 = discounts(level)
        total, freed = defaultdict(float), defaultdict(float)

        def discount(c):
            return c * d1 if c <= 1 else d1 + (c - 1) * (d2 - d1) if c <= 2 else min(d2 + (c - 2) * (d3 - d2), d3)

        for gram, count in level.items():
            total[gram[:-1]] += count
            freed[gram[:-1]] += discount(count)
        for gram, count in level.items():
            context = gram[:-1]
            lower = 1.0 / vocabulary if n == 0 else probability(model, gram[1:])
            p = (count - discount(count) + freed[context] * lower) / total[context]
            model[n][gram] = [log(p), 0.0]
        if n > 0:
            for context, mass in freed.items():
                entry = model[n - 1].setdefault(context, [-20.0, 0.0])
                entry[1] = log(max(mass / total[context], 1e-6))
    if (OPEN,) not in model[0]:
        model[0][OPEN,] = [-20.0, 0.0]
    return model


def log_probability(model, gram):
    """ln p of the last unit after those before it."""
    backoff = 0.0
    while True:
        entry = model[len(gram) - 1].get(gram)
        if entry is not None:
            return backoff + entry[0]
        if len(gram) == 1:
            return backoff - 20.0
        context = model[len(gram) - 2].get(gram[:-1])
        backoff += context[1] if context else 0.0
        gram = gram[1:]


def probability(model, gram):
    return exp(log_probability(model, gram))


def mixed(models, shares):
    """The linear mixture of `models`, exact on every n-gram that one of them holds."""
    order = len(models[0])
    out = []
    for n in range(order):
        grams = set().union(*(m[n] for m in models))
        out.append({g: [log(sum(s * probability(m, g) for m, s in zip(models, shares))), 0.0] for g in grams})
    return rescaled(out)


def rescaled(model):
    """Backoff weights that make every context sum to one."""
    for n in range(1, len(model)):
        held, below = defaultdict(float), defaultdict(float)
        for gram, (p, _) in model[n].items():
            held[gram[:-1]] += exp(p)
            below[gram[:-1]] += probability(model, gram[1:])
        for entry in model[n - 1].values():
            entry[1] = 0.0
        for context in held:
            left, room = max(1 - held[context], 1e-6), max(1 - below[context], 1e-6)
            model[n - 1][context][1] = min(log(left / room), 0.0)
    return model


def pruned(model, sequences, threshold):
    """Drops n-grams (of order 3 up) that the backoff says nearly as well, weighted by how often they are asked for."""
    seen = defaultdict(float)
    for units, weight in sequences:
        line = (OPEN, *units, CLOSE)
        for n in range(3, len(model) + 1):
            for i in range(len(line) - n + 1):
                seen[line[i:i + n]] += weight
    for n in range(len(model) - 1, 1, -1):
        contexts = {g[:-1] for g in model[n + 1]} if n + 1 < len(model) else set()
        kept = {}
        for gram, entry in model[n].items():
            if gram in contexts:
                kept[gram] = entry
                continue
            context = model[n - 1].get(gram[:-1])
            backed = (context[1] if context else 0.0) + log_probability(model, gram[1:])
            if seen[gram] * abs(entry[0] - backed) >= threshold:
                kept[gram] = entry
        model[n] = kept
    return rescaled(model)
