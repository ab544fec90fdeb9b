"""Many-to-many alignment of letters and tokens by expectation maximisation.

A unit joins one to four Latin letters with one to three Bangla tokens; neither side is ever empty, so that the
same units serve both directions. All pairs of one shape are aligned at once: numpy does the inner loops.
"""

from collections import defaultdict

import numpy as np

# (letters, tokens): what a longer unit must overcome. Without it the likeliest alignment is the coarsest.
STEPS = {
    (1, 1): 1.0, (2, 1): 0.3, (1, 2): 0.2, (2, 2): 0.03, (3, 1): 0.05, (1, 3): 0.02, (3, 2): 0.005, (4, 1): 0.005,
    (2, 3): 0.003,
}


class Shape:
    """All pairs of one length on either side, with the unit of every step at every cell."""

    def __init__(self, rows, letters, tokens, weights):
        self.rows, self.letters, self.tokens = rows, letters, tokens
        self.weights = weights
        self.units = {}


def shapes(pairs, inventory):
    """Groups `pairs` (letters, tokens, weight) by shape and numbers their units in `inventory`."""
    groups = defaultdict(list)
    for row, (a, b, _) in enumerate(pairs):
        groups[len(a), len(b)].append(row)
    out = []
    for (n, m), members in sorted(groups.items()):
        shape = Shape(members, n, m, np.array([pairs[r][2] for r in members], dtype=float))
        for (x, y) in STEPS:
            for i in range(n - x + 1):
                for j in range(m - y + 1):
                    ids = np.empty(len(members), dtype=np.int32)
                    for k, r in enumerate(members):
                        key = (pairs[r][0][i:i + x], tuple(pairs[r][1][j:j + y]))
                        ids[k] = inventory.setdefault(key, len(inventory))
                    shape.units[i, j, x, y] = ids
        out.append(shape)
    return out


def forward(shape, table, best=False):
    n, m = shape.letters, shape.tokens
    alpha = np.zeros((n + 1, m + 1, len(shape.rows)))
    back = np.full((n + 1, m + 1, len(shape.rows)), -1, dtype=np.int8)
    alpha[0, 0] = 1
    for i in range(n + 1):
        for j in range(m + 1):
            for s, (x, y) in enumerate(STEPS):
                if i < x or j < y:
                    continue
                value = alpha[i - x, j - y] * table[shape.units[i - x, j - y, x, y]]
                if best:
                    better = value > alpha[i, j]
                    alpha[i, j] = np.where(better, value, alpha[i, j])
                    back[i, j][better] = s
                else:
                    alpha[i, j] += value
    return alpha, back


def backward(shape, table):
    n, m = shape.letters, shape.tokens
    beta = np.zeros((n + 1, m + 1, len(shape.rows)))
    beta[n, m] = 1
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            for (x, y) in STEPS:
                if i + x <= n and j + y <= m:
                    beta[i, j] += beta[i + x, j + y] * table[shape.units[i, j, x, y]]
    return beta


def penalties(inventory):
    out = np.ones(len(inventory) + 1)
    for (letters, tokens), unit in inventory.items():
        out[unit] = STEPS[len(letters), len(tokens)]
    out[-1] = 0
    return out


def train(groups, inventory, rounds, log):
    """Unit weights after `rounds` of expectation maximisation; the last entry stands for no unit."""
    penalty = penalties(inventory)
    table = penalty / penalty.sum()
    for turn in range(rounds):
        counts = np.zeros(len(inventory) + 1)
        likelihood = aligned = 0.0
        for shape in groups:
            alpha, _ = forward(shape, table)
            beta = backward(shape, table)
            total = alpha[-1, -1]
            good = total > 0
            scale = np.where(good, shape.weights / np.where(good, total, 1), 0)
            likelihood += float((np.log(np.where(good, total, 1)) * shape.weights).sum())
            aligned += float(shape.weights[good].sum())
            for (i, j, x, y), ids in shape.units.items():
                np.add.at(counts, ids, alpha[i, j] * beta[i + x, j + y] * table[ids] * scale)
        counts[-1] = 0
        counts[counts < 1e-3] = 0
        table = counts * penalty
        table /= counts.sum()
        log(f"  round {turn + 1}: {aligned:.0f} aligned, log likelihood {likelihood / max(aligned, 1):.3f}")
    return table


def best(groups, pairs, table):
    """The likeliest units of each pair as [(letters, tokens)], None where there is no path; with its log weight."""
    steps = list(STEPS)
    out = [(None, float("-inf"))] * len(pairs)
    for shape in groups:
        alpha, back = forward(shape, table, best=True)
        for k, row in enumerate(shape.rows):
            if alpha[-1, -1, k] <= 0:
                continue
            i, j, units = shape.letters, shape.tokens, []
            a, b, _ = pairs[row]
            while i or j:
                x, y = steps[back[i, j, k]]
                units.append((a[i - x:i], tuple(b[j - y:j])))
                i, j = i - x, j - y
            out[row] = (units[::-1], float(np.log(alpha[-1, -1, k])))
    return out
