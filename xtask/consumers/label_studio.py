"""Label Studio's SDK: the configuration accepts every region, its converter takes the tasks. doccano's checks."""

import json

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from common import PROJECTS, ROOT, marks, rows, same

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
print("label-studio-sdk, doccano's checks: fine")
