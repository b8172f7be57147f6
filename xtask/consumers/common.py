"""What all checks of exports share: the marks that every format must hold."""

import json
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1])


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
        sys.exit(f"{what}: {len(found)} marks instead of {len(wanted)}; {odd}")


PROJECTS = ["sample", "exotic"]
