#!/usr/bin/env python3
"""A provider that "translates" by turning the words of a text around.

    [providers.reverse]
    kind = "command"
    command = ["python3", "examples/providers/reverse.py"]

It shows the protocol of docs/command-protocol.md and that holes and quotation
marks find their way back, whatever a program does to the order of the words.
"""

import json
import re
import sys

# A tag of the protocol and what is glued to it stays in one piece.
WORD = re.compile(r'(?:<x id="\d+"/>|[^\s<])+')


def translate(text):
    words = iter(reversed(WORD.findall(text)))
    return WORD.sub(lambda _: next(words), text)


for line in sys.stdin.buffer:
    request = json.loads(line)
    if "hello" in request:
        answer = {"anubad": 1, "name": "reverse", "version": "1", "protection": "tags"}
    else:
        segments = [{"id": s["id"], "text": translate(s["text"])} for s in request["segments"]]
        answer = {"id": request["id"], "segments": segments}
    print(json.dumps(answer), flush=True)
