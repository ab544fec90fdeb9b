#!/usr/bin/env python3
"""Measures what a queue costs: the figures of docs/scale.md.

    scripts/scale.py ANUBAD [--articles 2000] [--from FOLDER] [--provider echo|counted]

ANUBAD is a release build. It starts a server of NATS on loopback, copies articles until
there are enough, has one process translate them without a queue, and then 1, 2 and 4
workers with one; and says messages, requests, bytes and processor time an article.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def nats():
    return shutil.which("nats-server") or "/usr/sbin/nats-server"


class Server:
    def __init__(self, folder):
        self.port, self.http = port(), port()
        config = folder / "nats.conf"
        config.write_text(f'listen: "127.0.0.1:{self.port}"\nhttp: "127.0.0.1:{self.http}"\n'
                          f'jetstream {{ store_dir: "{folder / "kept"}" }}\n')
        self.process = subprocess.Popen([nats(), "-c", config], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "Server is ready" in line:
                break
        # Nobody reads on: it says little.
        self.url = f"nats://127.0.0.1:{self.port}"

    def seen(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/varz") as answer:
            told = json.load(answer)
        times = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        tick = os.sysconf("SC_CLK_TCK")
        return told["in_msgs"], told["out_msgs"], (int(times[11]) + int(times[12])) / tick

    def stop(self):
        self.process.kill()
        self.process.wait()


def fill(folder, source, count):
    """COUNT articles, each with a number of its own so that none is another."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(source.glob("*.txt"))]
    if not texts:
        sys.exit(f"{source} has no article")
    for number in range(count):
        below = folder / "in" / f"{number // 1000:04}"
        below.mkdir(parents=True, exist_ok=True)
        text = texts[number % len(texts)]
        (below / f"{number:07}.txt").write_text(f"{text.rstrip()}\n\nThis is page {number}.\n", encoding="utf-8")


def cpu(of):
    used = resource.getrusage(of)
    return used.ru_utime + used.ru_stime


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("anubad", type=pathlib.Path)
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--from", dest="source", type=pathlib.Path, default=ROOT / "examples/articles")
    options.add_argument("--provider", choices=["echo", "counted"], default="echo")
    options = options.parse_args()
    anubad, count = options.anubad.resolve(), options.articles
    for workers in (0, 1, 2, 4):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            fill(folder, options.source, count)
            provider = ""
            if options.provider == "counted":
                program = ROOT / "tests/kit/scripted.py"
                provider = f'[providers.counted]\nkind = "command"\ncommand = ["python3", "{program}"]\n'
            (folder / "pipeline.toml").write_text(
                f'[pipeline]\nproviders = ["{options.provider}"]\n[input]\npaths = ["in"]\n{provider}')
            run = lambda *words: subprocess.run([anubad, *words], cwd=folder, check=True)
            if not workers:
                before, started = cpu(resource.RUSAGE_CHILDREN), time.time()
                run("run", "--quiet")
                seconds, used = time.time() - started, cpu(resource.RUSAGE_CHILDREN) - before
                alone = used
                print(f"{count} articles, {options.provider}; alone: {count / seconds:.0f} a second, "
                      f"{1000 * used / count:.2f} ms of processor time an article")
                continue
            server = Server(folder)
            before, started = cpu(resource.RUSAGE_CHILDREN), time.time()
            told = server.seen()
            run("run", "--quiet", "--queue", server.url)
            seconds, used = time.time() - started, cpu(resource.RUSAGE_CHILDREN) - before
            after = server.seen()
            print(f"bringing: {count / seconds:.0f} a second, {1000 * used / count:.2f} ms an article, "
                  f"{(after[0] - told[0]) / count:.1f} messages in and {(after[1] - told[1]) / count:.1f} out")
            before, started, told = cpu(resource.RUSAGE_CHILDREN), time.time(), server.seen()
            words = [anubad, "worker", "--quiet", "--until-empty", "--queue", server.url]
            processes = [subprocess.Popen(words, cwd=folder) for _ in range(workers)]
            if any(process.wait() for process in processes):
                sys.exit("a worker failed")
            seconds, used = time.time() - started, cpu(resource.RUSAGE_CHILDREN) - before
            after = server.seen()
            print(f"{workers} workers: {count / seconds:.0f} a second, {1000 * used / count:.2f} ms of processor "
                  f"time an article ({1000 * (used - alone) / count:+.2f} against alone), server "
                  f"{1000 * (after[2] - told[2]) / count:.2f} ms, {(after[0] - told[0]) / count:.1f} messages in "
                  f"and {(after[1] - told[1]) / count:.1f} out")
            status = subprocess.run([anubad, "queue", "status", "--json", "--queue", server.url],
                                    cwd=folder, check=True, capture_output=True, text=True)
            for kept, size in json.loads(status.stdout)["kept"].items():
                if size["entries"]:
                    print(f"    {kept}: {size['entries'] / count:.2f} entries and {size['bytes'] / count:.0f} bytes "
                          "an article")
            server.stop()


main()
