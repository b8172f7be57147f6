"""Hugging Face datasets, DuckDB, pandas-like CSV, messages, and the stance shapes."""

import csv
import json
import os
import subprocess
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import duckdb
from datasets import get_dataset_config_names, load_dataset

from common import PROJECTS, ROOT, marks, rows, same, variorum

csv.field_size_limit(10**9)
for project in PROJECTS:
    wanted = rows(project)
    folder = str(ROOT / project / "jsonl")
    data = load_dataset(folder, "documents", split="train")
    assert len(data) == len(wanted)
    for row in data:
        same(marks(row), marks(wanted[row["text"]]), "datasets")
    label = load_dataset(folder, "stances", split="train").features["label"]
    assert "against" in label.names, label
    tokens = load_dataset(folder, "tokens", split="train")
    texts = {row["id"]: row["text"] for row in data}
    for row in tokens:
        for token, start in zip(row["tokens"], row["starts"]):
            assert texts[row["id"]][start : start + len(token)] == token
    kept = duckdb.sql(
        f"select count(*) from (select unnest(spans) s, text from read_json('{folder}/data/*.jsonl'))"
        " where length(substr(text, s.start + 1, s.end - s.start)) = s.end - s.start"
    ).fetchall()[0][0]
    assert kept == sum(len(row["spans"]) for row in wanted.values())
    for name, tab in [("csv", ","), ("tsv", "\t")]:
        with open(ROOT / project / name / f"articles.{name}", newline="", encoding="utf-8") as file:
            articles = {r["article"]: r["text"] for r in csv.DictReader(file, delimiter=tab)}
        with open(ROOT / project / name / f"marks.{name}", newline="", encoding="utf-8") as file:
            for r in csv.DictReader(file, delimiter=tab):
                assert articles[r["article"]][int(r["start"]) : int(r["end"])] == r["words"], r
    for line in open(ROOT / project / "messages/data/train.jsonl", encoding="utf-8"):
        system, user, assistant = json.loads(line)["messages"]
        answer = json.loads(assistant["content"])
        for attribution in answer["attributions"]:
            for words in attribution["contents"] + attribution["cues"] + attribution["sources"]:
                words = words if isinstance(words, str) else words["words"]
                assert words in user["content"]
    for row in csv.DictReader(open(ROOT / project / "vast/train.csv", newline="", encoding="utf-8")):
        assert row["label"] in "012"
    bodies = {r["Body ID"] for r in csv.DictReader(open(ROOT / project / "fnc-1/train_bodies.csv", newline=""))}
    for row in csv.DictReader(open(ROOT / project / "fnc-1/train_stances.csv", newline="")):
        assert row["Body ID"] in bodies and row["Stance"] in ("agree", "disagree", "discuss", "unrelated")
    for line in open(ROOT / project / "semeval-2016/train.txt").read().splitlines()[1:]:
        assert line.split("\t")[3] in ("FAVOR", "AGAINST", "NONE"), line
    for line in open(ROOT / project / "rumoureval/train.jsonl"):
        assert json.loads(line)["label"] in ("support", "deny", "query", "comment")
pairs = [json.loads(line) for line in open(ROOT / "sample/pairs/data/train.jsonl")]
assert len(pairs) > 20 and {p["op"] for p in pairs} <= {"verbatim", "light_edit", "rewrite", "split", "merge"}
# A story is never divided, so that a project of one story leaves parts empty; and one without stances has no
# table of them. Both must load as they are.
for project, tables in [("sample", ["documents", "stances", "tokens"]), ("in-plain", ["documents", "tokens"])]:
    if project == "in-plain":
        (ROOT / "plain.jsonl").write_text('{"text": "Holm said.", "spans": []}\n', encoding="utf-8")
        variorum("new", ROOT / "in-plain.json")
        variorum("import", "--json", "--format", "jsonl", ROOT / "plain.jsonl", "-o", ROOT / "in-plain.json")
    parts = ROOT / f"{project}-parts"
    variorum("export", "--json", "--format", "jsonl", "--split", "80/10/10", ROOT / f"{project}.json", "-o", parts)
    assert get_dataset_config_names(str(parts)) == tables, project
    for table in tables:
        found = load_dataset(str(parts), table)
        assert sum(len(part) for part in found.values()) > 0, (project, table)
script = ROOT / "train.py"
print(subprocess.run([sys.executable, script, ROOT / "sample/jsonl"], check=True, capture_output=True, text=True).stdout)
print("datasets, duckdb, csv, messages, stance shapes, pairs, scikit-learn: fine")
