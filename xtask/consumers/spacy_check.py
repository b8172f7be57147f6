"""spaCy: Doc.from_json with validation, DocBin, its CoNLL reader; Prodigy's tokens rebuild the text."""

import json
import subprocess
import sys

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.converters import conll_ner_to_docs

from common import PROJECTS, ROOT, marks, rows, same

nlp = spacy.blank("en")
for project in PROJECTS:
    wanted = rows(project)
    folder = ROOT / project / "spacy"
    for line in open(folder / "data/train.jsonl", encoding="utf-8"):
        doc = Doc(nlp.vocab).from_json(json.loads(line), validate=True)
        same([(s.label_, s.text) for s in doc.spans["sc"]], marks(wanted[doc.text]), "spacy")
    binary = ROOT / f"{project}.spacy"
    subprocess.run([sys.executable, folder / "to_docbin.py", folder / "data/train.jsonl", binary], check=True)
    docs = list(DocBin().from_disk(binary).get_docs(nlp.vocab))
    assert {doc.text for doc in docs} == set(wanted)
    for line in open(ROOT / project / "prodigy/data/train.jsonl", encoding="utf-8"):
        task = json.loads(line)
        text = task["text"]
        assert "".join(t["text"] + (" " if t["ws"] else "") for t in task["tokens"]) == text
        for span in task["spans"]:
            first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
            assert (first["start"], last["end"]) == (span["start"], span["end"])
        for relation in task["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"]
        same([(s["label"], text[s["start"] : s["end"]]) for s in task["spans"]], marks(wanted[text]), "prodigy")
    conll = (ROOT / project / "conll/source/train.conll").read_text(encoding="utf-8")
    docs = list(conll_ner_to_docs(conll, n_sents=10, no_print=True))
    assert sum(len(doc.ents) for doc in docs) == conll.count(" B-source")
print("spacy, prodigy's shape, conll: fine")
