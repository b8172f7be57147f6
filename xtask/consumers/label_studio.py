"""Label Studio's SDK: the configuration accepts every region, its converter takes the tasks. doccano's checks. What
the SDK makes, and what has the shape of doccano's exports."""

import json

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from common import PROJECTS, QUOTE, ROOT, SPEAKER, TEXT, VERB, brings, marks, place, rows, same

for project in PROJECTS:
    wanted = rows(project)
    folder = ROOT / project / "label-studio"
    config = (folder / "config.xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    tasks = json.loads((folder / "train.json").read_text(encoding="utf-8"))
    for task in tasks:
        text, results = task["data"]["text"], task["annotations"][0]["result"]
        errors = interface.validate_prediction({"result": results, "model_version": "1"}, return_errors=True)
        assert not errors, errors[:3]
        found = []
        for result in results:
            if result["type"] == "labels":
                value = result["value"]
                words = text[value["start"] : value["end"]]
                assert words == value["text"]
                found.append((value["labels"][0], words))
        same(found, marks(wanted[text]), "label-studio")
    out = ROOT / f"{project}-ls"
    Converter(config, str(folder)).convert_to_json_min(str(folder / "train.json"), str(out), is_dir=False)
    for line in open(ROOT / project / "doccano/data/train.jsonl", encoding="utf-8"):
        row = json.loads(line)
        text, entities = row["text"], row["entities"]
        ids = {e["id"] for e in entities}
        assert text and len(ids) == len(entities) and all(isinstance(i, int) for i in ids)
        assert all(e["start_offset"] < e["end_offset"] <= len(text) and e["label"] for e in entities)
        assert all(r["from_id"] in ids and r["to_id"] in ids and r["type"] for r in row["relations"])
        same([(e["label"], text[e["start_offset"] : e["end_offset"]]) for e in entities], marks(wanted[text]), "doccano")


def taken_in():
    config = """<View><Labels name="who" toName="text"><Label value="Quote"/><Label value="Verb"/><Label value="Wer"/></Labels>
      <Relations><Relation value="by"/></Relations><Text name="text" value="$text"/></View>"""
    control = LabelInterface(config).get_control("who")
    regions = []
    for label, words in [("Quote", QUOTE), ("Verb", VERB), ("Wer", SPEAKER)]:
        start, end = place(words)
        regions.append(control.label(label, start=start, end=end))
    for other in regions[1:]:
        regions[0].add_relation(other, label=["by"])
    result = [region._dict() for region in regions] + regions[0]._dict_relations()
    task = {"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "completed_by": 1, "result": result}]}
    (ROOT / "tasks.json").write_text(json.dumps([task]), encoding="utf-8")
    brings("label-studio", "label-studio", ROOT / "tasks.json", maps=["Wer=source"], by=["Label Studio user 1"])
    entities = [
        {"id": i, "label": label, "start_offset": place(words)[0], "end_offset": place(words)[1]}
        for i, (label, words) in enumerate([("quote", QUOTE), ("verb", VERB), ("speaker", SPEAKER)], 7)
    ]
    relations = [{"id": i, "from_id": 7, "to_id": i, "type": "by"} for i in (8, 9)]
    row = {"id": 3, "text": TEXT, "entities": entities, "relations": relations, "Comments": []}
    (ROOT / "doccano.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    brings("doccano", "doccano", ROOT / "doccano.jsonl")


taken_in()
print("label-studio-sdk, doccano's checks: fine")
