"""The tables of docs/evaluation.md, as Markdown.

  cargo build --release
  python3 scripts/published-scores.py FLORES RISINGNEWS [SENTENCES]

FLORES is a folder with en-bn/ and bn-en/: flores-dev.en, flores-dev.bn and the outputs of services, flores-dev.SERVICE.LANGUAGE, as
published with https://github.com/mozilla/translations. RISINGNEWS has RisingNews.valid.en and RisingNews.valid.bn, as published with
https://github.com/csebuetnlp/banglanmt. SENTENCES (500) are taken of each set for the ablation. ANUBAD names the binary.
"""
import json, os, subprocess, sys

ANUBAD = os.environ.get("ANUBAD", "target/release/anubad")
COLUMNS = [("names", "names"), ("terms", "terms"), ("values", "numbers and dates"), ("quotes", "quotations"),
           ("right_or_flagged", "right or flagged"), ("unflagged", "without a finding")]


def scores(*arguments):
    done = subprocess.run([ANUBAD, "eval", "--json", *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(done.args)}: {done.stderr}")
    return json.loads(done.stdout)["systems"]


def row(name, system):
    metric = system["metrics"][0]
    cells = [name, f"{metric['estimate']['score']:.2f}"]
    against = metric["difference"]
    cells.append(f"{against['difference']:+.2f} (p = {against['p']:.3f})" if against else "")
    for key, _ in COLUMNS:
        share = system["newsroom"][key]
        cells.append(f"{100 * share['good'] / share['of']:.1f} %" if share["of"] else "–")
    return "| " + " | ".join(cells) + " |"


def table(title, systems, named):
    print(f"\n| {title} | chrF++ | against the first | " + " | ".join(what for _, what in COLUMNS) + " |")
    print("|---" * (3 + len(COLUMNS)) + "|")
    for system in systems:
        print(row(named(system["system"]), system))


def main():
    flores, rising = sys.argv[1:3]
    sentences = sys.argv[3] if len(sys.argv) > 3 else "500"
    for pair in ("en-bn", "bn-en"):
        source, target = pair.split("-")
        folder = f"{flores}/{pair}"
        given = sorted(f for f in os.listdir(folder) if f.endswith(f".{target}") and f.count(".") == 2)
        arguments = [part for f in given for part in ("--outputs", f"{folder}/{f}")]
        systems = scores(f"{folder}/flores-dev.{source}", f"{folder}/flores-dev.{target}", *arguments)
        table(f"FLORES dev, {pair}, services", systems, lambda name: os.path.basename(name).split(".")[1])
    for provider in ("local", "echo"):
        for pair in ("en-bn", "bn-en"):
            source, target = pair.split("-")
            for what, stem in (("FLORES dev", f"{flores}/{pair}/flores-dev"), ("RisingNews", f"{rising}/RisingNews.valid")):
                systems = scores(f"{stem}.{source}", f"{stem}.{target}", "--provider", provider, "--ablate", "--limit", sentences)
                short = lambda name: name.removeprefix(f"{provider}, ").replace(provider, "the pipeline whole")
                table(f"{what}, {pair}, `{provider}`", systems, short)


if __name__ == "__main__":
    main()
