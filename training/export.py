"""Writes trained weights as the file that the reader loads (see README.md for the format).

    python export.py PACKED MODEL.pt OUT.safetensors
"""

import gzip
import json
import pickle
import sys

import blake3
import numpy as np
import torch
from safetensors.numpy import save

KEPT = ["idner", "uner"]  # entity styles that are read with
LANGUAGE_STYLE = {"en": "ewt", "id": "csui", "ms": "csui", "*": "ewt"}
LANGUAGE_NER = {"en": "uner", "id": "idner", "ms": "idner", "*": "uner"}


def rows(weight):
    """A matrix as int8 rows and their scales."""
    scale = np.maximum(np.abs(weight).max(1) / np.float32(127), np.float32(1e-12))
    return np.rint(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def tensors(base, weights, labels):
    """All tensors by name, but for the pieces."""
    w = {k: v.float().numpy() for k, v in weights.items()}
    out = {"emb.word": base.words, "emb.type": w["kind"], "emb.pos": w["pos"].astype(np.float16)}
    out["emb.ln.w"], out["emb.ln.b"] = w["ln.weight"], w["ln.bias"]
    out["emb.style"] = w["style"].copy()
    out["emb.style"][0] = 0

    def put(name, weight, bias):
        out[f"{name}.w"], out[f"{name}.s"] = rows(weight)
        out[f"{name}.b"] = bias

    for i in range(base.config["layers"]):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            put(f"l{i}.{part}", w[f"layers.{i}.{part}.weight"], w[f"layers.{i}.{part}.bias"])
        for part in ("aln", "oln"):
            out[f"l{i}.{part}.w"] = w[f"layers.{i}.{part}.weight"]
            out[f"l{i}.{part}.b"] = w[f"layers.{i}.{part}.bias"]
    for name in ("upos", "feats", "lemma", "end", "arc.dep", "arc.head", "rel.dep", "rel.head"):
        at = "head." + name.replace(".", "_")
        put("head." + name, w[f"{at}.weight"], w[f"{at}.bias"])
    for style in KEPT:
        more = [w[f"head.ner_all.{p}"] + w[f"head.ner_{style}.{p}"] for p in ("weight", "bias")]
        put(f"head.ner.{style}", *more)
    out["root"], out["arc.u"], out["arc.bias"] = w["root"], w["arc_u"], w["arc_bias"]
    out["rel.v"] = w["rel_v"].astype(np.float16)
    mix = np.exp(w["mix"] - w["mix"].max())
    out["vec.mix"] = (mix / mix.sum()).astype(np.float32)
    put("vec", w["vec.weight"], w["vec.bias"])
    return out


def pieces(base):
    """The pieces, and what normalising maps."""
    texts = [p.encode() for p in base.pieces]
    points = sorted(base.norm)
    to = [list(map(ord, base.norm[p])) for p in points]
    return {
        "pieces.text": np.frombuffer(b"".join(texts), np.uint8),
        "pieces.ends": np.cumsum([len(t) for t in texts]).astype(np.uint32),
        "pieces.score": np.asarray(base.scores, np.float32),
        "norm.from": np.array([ord(p) for p in points], np.uint32),
        "norm.ends": np.cumsum([len(t) for t in to]).astype(np.uint32),
        "norm.to": np.array([p for t in to for p in t], np.uint32),
    }


def main(packed, model, out):
    base = pickle.load(gzip.open(f"{packed}/base.pkl.gz"))
    saved = torch.load(model, weights_only=True)
    labels = dict(saved["labels"], ner_styles=KEPT)
    labels |= {"language_style": LANGUAGE_STYLE, "language_ner": LANGUAGE_NER}
    head = saved["weights"]["arc_u"].shape[0], saved["weights"]["rel_v"].shape[1] - 1
    config = dict(base.config, arc=head[0], rel=head[1])
    found = tensors(base, saved["weights"], labels) | pieces(base)
    found = {k: np.ascontiguousarray(v) for k, v in found.items()}
    about = {
        "format": "kronik-encoder", "version": "1", "name": "kronik-encoder-1.1",
        "licence": "CC-BY-SA-4.0", "config": json.dumps(config, sort_keys=True),
        "labels": json.dumps(labels, sort_keys=True, ensure_ascii=False),
    }
    # The checksum is of the data, which does not depend on the metadata.
    first = save(found, about | {"checksum": "0" * 64})
    data = first[8 + int.from_bytes(first[:8], "little"):]
    final = save(found, about | {"checksum": blake3.blake3(data).hexdigest()})
    assert final.endswith(data)
    with open(out, "wb") as file:
        file.write(final)
    print(f"{out}: {len(final)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
