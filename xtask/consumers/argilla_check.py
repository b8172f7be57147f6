"""Argilla: Record.from_dict takes every record."""

import json

import argilla as rg

from common import PROJECTS, ROOT, marks, rows, same

for project in PROJECTS:
    wanted = rows(project)
    for row in json.loads((ROOT / project / "argilla/train/records.json").read_text(encoding="utf-8")):
        record = rg.Record.from_dict(row)
        text = record.fields["text"]
        spans = next(s.value for s in record.suggestions if s.question_name == "spans")
        same([(s["label"], text[s["start"] : s["end"]]) for s in spans], marks(wanted[text]), "argilla")
print("argilla: fine")
