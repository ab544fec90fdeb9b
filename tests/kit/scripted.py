"""A provider for tests: speaks the command protocol and does as its arguments say.

    scripted.py BEHAVIOUR... [--protection tags|none]

Texts come back as they are, unless
    glossary FILE   a JSON object says otherwise: source text -> target text
    drop-holes      tags, or numbers where values are visible, are left out
    double-holes    tags, or numbers, come twice
    drop-quotes     quotation marks are left out
Answers are right, unless
    crash-after N   request N + 1 ends the program with exit code 3
    exit-after N    the program ends by itself after N answers
    garbage         each is a line that is no JSON
    wrong-id        each is for another request
    late            each comes after a second answer to the request before
    missing         the last segment is left out
    extra           there is one segment more
    twice           the first segment is answered twice
    huge            each is longer than any line may be
    slow SECONDS    each takes that long
    error KIND      each is an error of this kind; retry after 2 seconds
    stderr          each comes with a line on standard error
The program introduces itself, unless
    no-hello        it keeps silent
    garbage-hello   it answers something that is no JSON
    error-hello     it answers an error
    wrong-hello     it makes a mistake in it
    crash-hello     it ends with exit code 4
    stubborn        it goes on when its standard input closes
    farewell FILE   it writes the file when its standard input closes
    count FILE      every segment that is asked is added to the file, before the answer
    once FILE       where the file exists, only glossary and --protection count;
                    otherwise the file is made: the program misbehaves once
"""

import json
import os
import re
import sys
import time

WITH_VALUE = {"glossary": str, "crash-after": int, "exit-after": int, "slow": float, "error": str,
              "farewell": str, "count": str, "once": str, "--protection": str}
PLAIN = {"drop-holes", "double-holes", "drop-quotes", "garbage", "wrong-id", "late", "missing",
         "extra", "twice", "huge", "stderr", "no-hello", "garbage-hello", "error-hello",
         "wrong-hello", "crash-hello", "stubborn"}
HOLES = {"tags": r'<x id="\d+"/>', "none": r"[0-9০-৯]+"}


def behaviour(words):
    found = {}
    words = iter(words)
    for word in words:
        if word in WITH_VALUE:
            found[word] = WITH_VALUE[word](next(words))
        elif word in PLAIN:
            found[word] = True
        else:
            sys.exit(f"scripted.py: unknown behaviour {word!r}")
    return found


DO = behaviour(sys.argv[1:])
if "once" in DO:
    if os.path.exists(DO["once"]):
        DO = {word: DO[word] for word in ("glossary", "--protection") if word in DO}
    else:
        open(DO["once"], "w").close()
PROTECTION = DO.get("--protection", "none")
GLOSSARY = {}
if "glossary" in DO:
    with open(DO["glossary"], encoding="utf-8") as file:
        GLOSSARY = json.load(file)


def say(value):
    print(value if isinstance(value, str) else json.dumps(value), flush=True)


def hello():
    if "no-hello" in DO:
        return
    if "crash-hello" in DO:
        print("no model found", file=sys.stderr)
        sys.exit(4)
    if "garbage-hello" in DO:
        say("Loading model ...")
    elif "error-hello" in DO:
        say({"id": None, "error": {"kind": "invalid", "message": "no segments"}})
    elif "wrong-hello" in DO:
        say({"anubad": 1, "pairs": [["en", "bangla"]]})
    else:
        say({"anubad": 1, "name": "scripted", "version": "1", "pairs": [["en", "bn"], ["bn", "en"]],
             "max_segments": 50, "max_characters": 10000, "protection": PROTECTION})


def translated(text):
    text = GLOSSARY.get(text, text)
    if "drop-holes" in DO:
        text = re.sub(HOLES[PROTECTION], "", text)
    if "double-holes" in DO:
        text = re.sub(HOLES[PROTECTION], r"\g<0> \g<0>", text)
    if "drop-quotes" in DO:
        text = re.sub('[“”‘’]', "", text)
    return text


def count(request):
    lines = [json.dumps([os.getpid(), request["id"], s["text"]]) + "\n" for s in request["segments"]]
    with open(DO["count"], "a", encoding="utf-8") as file:
        file.write("".join(lines))


def answer(request):
    if "error" in DO:
        return {"id": request["id"],
                "error": {"kind": DO["error"], "message": "as scripted", "retry_after": 2}}
    segments = [{"id": s["id"], "text": translated(s["text"])} for s in request["segments"]]
    if "missing" in DO:
        segments.pop()
    if "extra" in DO:
        segments.append({"id": str(len(segments)), "text": "one more"})
    if "twice" in DO:
        segments.append(segments[0])
    return {"id": request["id"] + (1000 if "wrong-id" in DO else 0), "segments": segments}


def main():
    answered = 0
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "hello" in request:
            hello()
            continue
        if DO.get("crash-after") == answered:
            print("out of memory", file=sys.stderr)
            sys.exit(3)
        if "stderr" in DO:
            print("request", request["id"], "x" * 1000, file=sys.stderr, flush=True)
        if "count" in DO:
            count(request)
        time.sleep(DO.get("slow", 0))
        if "late" in DO:
            say({"id": request["id"] - 1, "segments": []})
        if "garbage" in DO:
            say("Translating ...")
        elif "huge" in DO:
            say("x" * (65 * 1024 * 1024))
        else:
            say(answer(request))
        answered += 1
        if DO.get("exit-after") == answered:
            return
    if "farewell" in DO:
        with open(DO["farewell"], "w", encoding="utf-8") as file:
            file.write("done")
    if "stubborn" in DO:
        time.sleep(60)


main()
