"""seqeval, dkpro-cassis, JSON Schema, pyld, and brat's rules; what cassis, a person with brat, and W3C's model make."""

import hashlib
import json
import re
import xml.etree.ElementTree as ET

import cassis
import jsonschema
from pyld import jsonld
from seqeval.metrics import f1_score
from seqeval.scheme import BILOU, IOB2

from common import PROJECTS, QUOTE, ROOT, SPEAKER, TEXT, VERB, brings, marks, place, rows, same, variorum

CONTEXT = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "as": "http://www.w3.org/ns/activitystreams#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#", "id": {"@id": "@id", "@type": "@id"}, "type": "@type",
        "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody",
        "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
        "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
        "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "classifying": "oa:classifying",
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"}, "describing": "oa:describing",
        "linking": "oa:linking", "tagging": "oa:tagging", "value": "rdf:value", "exact": "oa:exact",
        "prefix": "oa:prefix", "suffix": "oa:suffix", "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"}, "label": "rdfs:label",
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
        "first": {"@type": "@id", "@id": "as:first"}, "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    }
}
SELECTOR = {"TextPositionSelector": {"start", "end"}, "TextQuoteSelector": {"exact", "prefix", "suffix"}}


def load(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


def utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def brat(project, wanted):
    for name in ["brat", "polnear"]:
        for ann in (ROOT / project / name / "train").glob("*.ann"):
            text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
            found, ids = [], set()
            for line in ann.read_text(encoding="utf-8").split("\n")[:-1]:
                kind, rest, *words = line.split("\t", 2)
                assert kind not in ids, line
                ids.add(kind)
                if kind[0] == "T":
                    label, ends = rest.split(" ", 1)
                    pieces = [tuple(map(int, e.split(" "))) for e in ends.split(";")]
                    assert all(a[1] <= b[0] for a, b in zip(pieces, pieces[1:])), line
                    assert words[0] == " ".join(text[s:e] for s, e in pieces), line
                    found.append((label, text[pieces[0][0] : pieces[-1][1]]))
                elif kind[0] == "R":
                    assert re.fullmatch(r"[\w-]+ Arg1:T\d+ Arg2:T\d+", rest), line
                elif kind[0] == "E":
                    assert all(part.split(":")[1] in ids for part in rest.split(" ")), line
            if name == "brat":
                same(found, marks(wanted[text]), "brat")


def webanno(project, wanted):
    for file in (ROOT / project / "webanno-tsv/train").glob("*.tsv"):
        lines = file.read_text(encoding="utf-8").split("\n")
        assert lines[0] == "#FORMAT=WebAnno TSV 3.3" and lines[3:5] == ["", ""], lines[:6]
        text = next(t for t in wanted if all(
            utf16(t, *map(int, l.split("\t")[1].split("-"))) == re.sub(r"\\(.)", lambda m: {"t": "\t"}.get(m[1], m[1]), l.split("\t")[2])
            for l in lines if re.match(r"\d+-\d+\t", l)
        ))
        spans = {}
        for line in lines:
            if re.match(r"\d+-\d+\t", line):
                columns = line.split("\t")
                start, end = map(int, columns[1].split("-"))
                for part in re.split(r"(?<!\\)\|", columns[3]):
                    if part != "_":
                        label, number = re.fullmatch(r"(.*)\[(\d+)\]", part).groups()
                        first = spans.get(number, (label, start, end))
                        spans[number] = (first[0], first[1], end)
        same([(l.replace("\\", ""), utf16(text, s, e)) for l, s, e in spans.values()], marks(wanted[text]), "webanno")


def cas(project, wanted):
    with open(ROOT / project / "cas-xmi/TypeSystem.xml", "rb") as file:
        types = cassis.load_typesystem(file)
    for kind, load_one in [("xmi", lambda f: cassis.load_cas_from_xmi(f, types)), ("json", cassis.load_cas_from_json)]:
        for file in (ROOT / project / f"cas-{kind}/train").iterdir():
            with open(file, "rb") as opened:
                one = load_one(opened)
            text = one.sofa_string
            found = [(a.label, a.get_covered_text()) for a in one.select("webanno.custom.Variorum")]
            same(found, marks(wanted[text]), f"cas-{kind}")
            for tie in one.select("webanno.custom.VariorumTie"):
                assert tie.Governor.begin >= 0 and tie.Dependent.begin == tie.begin


def made_by_cassis():
    """A layer and a relation layer as people define them in INCEpTION, made and written by cassis itself."""
    types = cassis.TypeSystem()
    span = types.create_type("custom.Speech", supertypeName="uima.tcas.Annotation")
    types.create_feature(span, "value", "uima.cas.String")
    tie = types.create_type("custom.SpeechTie", supertypeName="uima.tcas.Annotation")
    for end in ["Governor", "Dependent"]:
        types.create_feature(tie, end, span)
    one = cassis.Cas(typesystem=types)
    one.sofa_string, one.sofa_mime = TEXT, "text/plain"
    made = {}
    for label, words in [("Quote", QUOTE), ("Verb", VERB), ("Sprecherin", SPEAKER)]:
        begin, end = place(words)
        made[label] = span(begin=begin, end=end, value=label)
        one.add(made[label])
    for label in ["Verb", "Sprecherin"]:
        to = made[label]
        one.add(tie(begin=to.begin, end=to.end, Governor=made["Quote"], Dependent=to))
    one.to_xmi(ROOT / "cassis.xmi")
    one.to_json(ROOT / "cassis.json")


def made_by_hand():
    """brat's files as brat writes them, and a W3C annotation with its own selectors."""
    (ROOT / "hand.txt").write_bytes(TEXT.encode())
    lines = []
    for i, (label, words) in enumerate([("Statement", QUOTE), ("Cue", VERB), ("Speaker", SPEAKER)], 1):
        lines.append("T%d\t%s %d %d\t%s\n" % (i, label, *place(words), words))
    lines += ["R1\tSays Arg1:T3 Arg2:T1\n", "R2\tIntroduces Arg1:T2 Arg2:T1\n"]
    (ROOT / "hand.ann").write_bytes("".join(lines).encode())
    page = [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": f"http://example.org/{label}",
            "motivation": "classifying", "body": {"type": "TextualBody", "purpose": "classifying", "value": label},
            "target": {"source": "http://example.org/text", "selector": {
                "type": "TextPositionSelector", "start": place(words)[0], "end": place(words)[1]}},
        }
        for label, words in [("quote", QUOTE), ("speaker", SPEAKER)]
    ]
    assert all(jsonld.expand(one, {"documentLoader": load}) for one in page)
    (ROOT / "w3c").mkdir()
    (ROOT / "w3c/page.jsonld").write_text(json.dumps({"items": page}), encoding="utf-8")
    (ROOT / "w3c/text.txt").write_bytes(TEXT.encode())


def taken_in():
    made_by_cassis()
    made_by_hand()
    loose = [("content", QUOTE), ("mention", SPEAKER)]
    files = [
        brings("cas-xmi", "cas-xmi", ROOT / "cassis.xmi", maps=["Sprecherin=source"]),
        brings("cas-json", "cas-json", ROOT / "cassis.json", maps=["Sprecherin=source"]),
        brings("brat", "brat", ROOT / "hand.ann"),
        brings("w3c", "web-annotation", ROOT / "w3c", wanted=loose, ties=[]),
    ]
    schema = json.loads(variorum("schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for file in files:
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)


taken_in()
for project in PROJECTS:
    wanted = rows(project)
    for name, scheme in [("conll", IOB2), ("conll-bilou", BILOU)]:
        for layer in ["source", "cue", "content"]:
            page = (ROOT / project / name / layer / "train.conll").read_text(encoding="utf-8")
            sentences = [[l.split(" ") for l in s.split("\n")] for s in page.strip().split("\n\n") if "-DOCSTART-" not in s]
            assert all(len(columns) == 4 for s in sentences for columns in s)
            tags = [[columns[3] for columns in s] for s in sentences]
            assert f1_score(tags, tags, mode="strict", scheme=scheme) == 1.0
    brat(project, wanted)
    webanno(project, wanted)
    cas(project, wanted)
    for name, cut in [("web-annotation", lambda t, s, e: t[s:e]), ("recogito", utf16)]:
        page = json.loads((ROOT / project / name / "train.jsonld").read_text(encoding="utf-8"))
        expanded = jsonld.expand(page, {"documentLoader": load})
        assert expanded[0]["http://www.w3.org/ns/activitystreams#totalItems"]
        items = page["first"]["items"]
        assert page["total"] == len(items) and len({i["id"] for i in items}) == len(items)
        texts = {}

        for file in (ROOT / project / name / "train").glob("*.txt"):
            raw = file.read_bytes()
            texts["urn:sha256:" + hashlib.sha256(raw).hexdigest()] = raw.decode("utf-8")
        found = {}
        for item in items:
            assert item["type"] == "Annotation" and "target" in item and "bodyValue" not in item
            if isinstance(item["target"], dict):
                position, quote = item["target"]["selector"]
                for selector in (position, quote):
                    assert set(selector) - {"type"} == SELECTOR[selector["type"]]
                text = texts[item["target"]["source"]]
                words = cut(text, position["start"], position["end"])
                assert words == quote["exact"] and text.count(quote["prefix"] + words + quote["suffix"]) == 1
                found.setdefault(text, []).append((item["body"][0]["value"], words))
        for text, row in wanted.items():
            same(found.get(text, []), marks(row), name)
    for file in (ROOT / project / "parc/train").glob("*.xml"):
        words = ET.parse(file).getroot().findall(".//WORD")
        text = next(t for t in wanted if all(
            t[slice(*map(int, w.get("ByteCount").split(",")))] == w.get("text") for w in words
        ))
        roles = {a.get("id") for a in ET.parse(file).getroot().iter("attribution")}
        assert roles or not any(s["label"] == "content" for s in wanted[text]["spans"])
print("seqeval, cassis, JSON Schema, pyld, brat, WebAnno TSV, PARC: fine")
