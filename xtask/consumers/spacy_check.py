"""spaCy: Doc.from_json with validation, DocBin, its CoNLL reader; Prodigy's tokens rebuild the text. What spaCy makes, and what has
the shape of Prodigy's tasks."""

import json
import subprocess
import sys

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.converters import conll_ner_to_docs

from common import PROJECTS, QUOTE, ROOT, SPEAKER, TEXT, VERB, brings, marks, place, rows, same

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


def taken_in():
    doc = nlp.make_doc(TEXT)
    named = [("Quote", QUOTE), ("Verb", VERB), ("Speaker", SPEAKER)]
    spans = [doc.char_span(*place(words), label=label, alignment_mode="strict") for label, words in named]
    assert None not in spans, [t.text for t in doc]
    doc.spans["sc"] = spans
    # Without ties a speaker is somebody who is mentioned.
    loose = [("content", QUOTE), ("cue", VERB), ("mention", SPEAKER)]
    (ROOT / "spacy-made.jsonl").write_text(json.dumps(doc.to_json()) + "\n", encoding="utf-8")
    brings("spacy", "spacy", ROOT / "spacy-made.jsonl", wanted=loose, ties=[])
    DocBin(docs=[doc], store_user_data=True).to_disk(ROOT / "made.spacy")
    docs = DocBin().from_disk(ROOT / "made.spacy").get_docs(nlp.vocab)
    (ROOT / "docbin.jsonl").write_text("".join(json.dumps(d.to_json()) + "\n" for d in docs), encoding="utf-8")
    brings("docbin", "spacy", ROOT / "docbin.jsonl", wanted=loose, ties=[])
    # Prodigy's own shape, its tokens and spans made by spaCy as Prodigy does.
    of = lambda s: {"start": s.start_char, "end": s.end_char, "token_start": s.start, "token_end": s.end - 1, "label": s.label_}
    tie = lambda head, child: {"head": head["token_end"], "child": child["token_end"], "head_span": head, "child_span": child, "label": "says"}
    quote, verb, speaker = map(of, spans)
    task = {
        "text": TEXT, "_input_hash": 1, "_task_hash": 2, "_is_binary": False, "answer": "accept",
        "tokens": [{"text": t.text, "start": t.idx, "end": t.idx + len(t), "id": t.i, "ws": bool(t.whitespace_)} for t in doc],
        "spans": [quote, verb, speaker], "relations": [tie(speaker, quote), tie(verb, quote)],
    }
    (ROOT / "prodigy-made.jsonl").write_text(json.dumps(task) + "\n", encoding="utf-8")
    brings("prodigy", "prodigy", ROOT / "prodigy-made.jsonl")


taken_in()
print("spacy, prodigy's shape, conll: fine")
