"""Writes a model as the compact table that `src/language/transliterate/table.rs` reads and describes."""

import struct

MAGIC = b"anubadT1"
STEPS_PER_NAT = 16


def quantised(value):
    return min(max(round(-value * STEPS_PER_NAT), 0), 255)


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def text(string):
    data = string.encode()
    return bytes([len(data)]) + data


def encoded(units, model):
    """`units`: (letters, tokens) in the order of their numbers, the opening and the closing one first."""
    out = [MAGIC, struct.pack("<HB", len(units), len(model))]
    out += [text(a) + text("".join(b)) for a, b in units]
    position = {(): 0}
    for n, level in enumerate(model):
        grams = sorted(level, key=lambda g: (position[g[:-1]], g[-1]))
        children = [0] * len(position)
        for gram in grams:
            children[position[gram[:-1]]] += 1
        out.append(b"".join(varint(c) for c in children))
        out.append(b"".join(struct.pack("<H", g[-1]) for g in grams))
        out.append(bytes(quantised(level[g][0]) for g in grams))
        if n + 1 < len(model):
            out.append(bytes(quantised(level[g][1]) for g in grams))
        position = {g: i for i, g in enumerate(grams)}
    return b"".join(out)
