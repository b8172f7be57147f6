"""Trains a small classifier of how words are reported (direct, indirect, …) on an export.

    variorum export ferry.json --format jsonl -o data
    pip install datasets scikit-learn
    python examples/train.py data
"""

import sys

from datasets import load_dataset
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.metrics import classification_report
from sklearn.pipeline import make_pipeline

words, kinds = [], []
for article in load_dataset(sys.argv[1], "documents", split="train"):
    for span in article["spans"]:
        known = {a["name"]: a["value"] for a in span["attributes"]}
        if span["label"] == "content" and known.get("type") in ("direct", "indirect", "mixed"):
            words.append(article["text"][span["start"] : span["end"]])
            kinds.append(known["type"])
model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LogisticRegression(class_weight="balanced", max_iter=1000))
print(classification_report(kinds, cross_val_predict(model, words, kinds, cv=3), zero_division=0))
