"""What all checks share: the marks that every format must hold, and the way in for what other tools made."""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
PROJECTS = ["sample", "exotic"]

# A text that counting gets wrong, as other tools annotate it: label, words.
TEXT = "😀 “Ми не йдемо,” сказала Олена Їжак. Café e\u0301."
QUOTE, VERB, SPEAKER = "“Ми не йдемо,”", "сказала", "Олена Їжак"
TIES = [("attributed_to", QUOTE, SPEAKER), ("cued_by", QUOTE, VERB)]


def place(words):
    """Where words of the text stand, in code points."""
    start = TEXT.index(words)
    return start, start + len(words)


def rows(folder):
    """The records of the plainest format, by their texts."""
    lines = (ROOT / folder / "jsonl/data/train.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["text"]: row for row in map(json.loads, lines)}


def marks(row):
    """Label and words of each mark, in order."""
    return sorted((s["label"], row["text"][s["start"] : s["end"]]) for s in row["spans"])


def same(found, wanted, what):
    """Stops where two lists differ, saying where."""
    found, wanted = sorted(found), sorted(wanted)
    if found != wanted:
        odd = [x for x in found if x not in wanted][:3], [x for x in wanted if x not in found][:3]
        sys.exit(f"{what}: {len(found)} instead of {len(wanted)}; {odd}")


def variorum(*words):
    """Runs the command line; what it prints."""
    done = subprocess.run([os.environ["VARIORUM"], *map(str, words)], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"variorum {words}: {done.stdout} {done.stderr}")
    return done.stdout


def brings(name, format, given, wanted=None, ties=TIES, maps=(), by=()):
    """Imports what another tool's library made; its marks and ties must be what came in, by the
    people named. The project's file."""
    project, out = ROOT / f"in-{name}.json", ROOT / f"in-{name}"
    variorum("new", project)
    mapped = [word for one in maps for word in ("--map", one)]
    report = json.loads(variorum("import", "--json", "--format", format, *mapped, given, "-o", project))
    assert report["records"] and not report["issues"], report
    assert report["annotators"] == list(by), report
    variorum("export", "--json", "--format", "jsonl", project, "-o", out / "jsonl")
    row = rows(f"in-{name}")[TEXT]
    same(marks(row), wanted or [("content", QUOTE), ("cue", VERB), ("source", SPEAKER)], name)
    said = {s["id"]: row["text"][s["start"] : s["end"]] for s in row["spans"]}
    same([(r["label"], said[r["from"]], said[r["to"]]) for r in row["relations"]], ties, f"{name}: ties")
    return project
