"""Labels what no set labels, with models trained on what they do label.

    python silver.py PACKED ATLAS OUT MODEL.pt …

PACKED is what `prepare.py` made. OUT/sets.pkl.gz gets the same sets with, beside what people
annotated: entities in the training part of English-EWT, Indonesian entities in Indonesian
treebanks, and CSUI trees for sentences of the Indonesian entity sets. Several models vote; what
they doubt stays without a label. In English entities of one spelling take the kind that most of
them have, or the one kind that the atlas knows.
"""

import gzip
import pickle
import sys
from collections import Counter, defaultdict

import numpy as np
import torch

import e5
from batches import Maker
from model import Encoder, Matrix
from names import gazetteer
from score import entities, spans

TREES = ["idner", "nergrit", "nerp", "gsd20-split"]
INDONESIAN_NAMES = ["csui", "gsd", "gsd20-split"]
SURE = 0.6


def asked(models, maker, sentences, style, ner_style, device):
    """Mean probabilities of each sentence: a dict of arrays."""
    order = sorted(range(len(sentences)), key=lambda i: maker.size(sentences[i]))
    found = [None] * len(sentences)
    at = 0
    while at < len(order):
        batch, widest = [], 0
        while at < len(order) and len(batch) < 256 and (
            max(widest, maker.size(sentences[order[at]]) + 2) * (len(batch) + 1) <= 16384
            or not batch
        ):
            widest = max(widest, maker.size(sentences[order[at]]) + 2)
            batch.append(order[at])
            at += 1
        bare = [{k: sentences[i][k] for k in ("words", "spaces", "style", "doc")} for i in batch]
        x = {k: v.to(device) for k, v in maker.arrays([(style, [s]) for s in bare]).items()}
        count = x["heads"].shape[1]
        own = torch.eye(count + 1, dtype=torch.bool, device=device)[1:]
        same = x["sentence"][:, :, None] == x["sentence"][:, None, :]
        same = torch.nn.functional.pad(same, (1, 0), value=True)
        sums = defaultdict(float)
        kept = []
        for model in models:
            states, _ = model.encode(x["ids"], x["real"], x["style"])
            w = model.word_states(states, x["word_of"], count)
            arcs, rd, rh = model.parse(w)
            sums["heads"] += arcs.masked_fill(~same | own, -1e4).softmax(-1) / len(models)
            kept.append((rd, rh))
            for task in ("upos", "feats", "lemma"):
                sums[task] += model.on(task, w).softmax(-1) / len(models)
            sums["ner"] += model.on(f"ner.{ner_style}", w).softmax(-1) / len(models)
        heads = sums["heads"].argmax(-1)
        b = torch.arange(len(batch), device=device)[:, None].expand_as(heads)
        relation = 0.0
        for model, (rd, rh) in zip(models, kept):
            r = model.relations(rd.flatten(0, 1), rh[b.flatten(), heads.flatten()])
            relation = relation + r.softmax(-1) / len(models)
        sums["deprel"] = relation.view(*heads.shape, -1)
        out = {k: v.max(-1) for k, v in sums.items() if k != "ner"}
        out = {k: (p.cpu().numpy(), i.cpu().numpy()) for k, (p, i) in out.items()}
        ner = sums["ner"].clamp_min(1e-9).log().cpu().numpy()
        for row, i in enumerate(batch):
            n = len(sentences[i]["words"])
            found[i] = {k: (p[row, :n], v[row, :n]) for k, (p, v) in out.items()}
            found[i]["ner"] = ner[row, :n]
    return found


def tree(s, told, labels):
    """The sentence with what the models are sure of."""
    new = dict(s)
    for task in ("upos", "feats", "lemma", "deprel"):
        p, i = told[task]
        new[task] = [labels[task][k] if q >= SURE else None for q, k in zip(p, i)]
    p, i = told["heads"]
    new["heads"] = [int(k) if q >= SURE else None for q, k in zip(p, i)]
    return new


def named(logits, labels):
    """BIOES labels, None where the models doubt."""
    best = entities(logits, labels)
    p = np.exp([logits[i, labels.index(l)] for i, l in enumerate(best)])
    found = [l if q >= SURE else None for l, q in zip(best, p)]
    for a, b, kind in spans(best):
        if p[a : b + 1].min() < SURE:
            found[a : b + 1] = [None] * (b + 1 - a)
    return found, best


def entity(kind, length):
    """BIOES labels of a name."""
    return ["S-" + kind] if length == 1 else (
        ["B-" + kind] + ["I-" + kind] * (length - 2) + ["E-" + kind])


def agreed(sentences, told, atlas, labels):
    """English entities, kinds made one for each spelling."""
    first = [named(t["ner"], labels) for t in told]
    votes = defaultdict(Counter)
    for s, (_, best) in zip(sentences, first):
        for a, b, kind in spans(best):
            votes[" ".join(s["words"][a : b + 1])][kind] += 1
    found = []
    for s, (sure, best) in zip(sentences, first):
        sure = list(sure)
        for a, b, kind in spans(best):
            name = " ".join(s["words"][a : b + 1])
            (top, n), total = votes[name].most_common(1)[0], sum(votes[name].values())
            if name in atlas and len(name) > 1:
                sure[a : b + 1] = entity(atlas[name], b + 1 - a)
            elif total >= 3 and n >= 0.7 * total:
                sure[a : b + 1] = entity(top, b + 1 - a)
        # Proper nouns in a row that are a name of the atlas, and nothing was seen there.
        i = 0
        while i < len(s["words"]):
            j = i
            while j < len(s["words"]) and s["upos"][j] == "PROPN":
                j += 1
            name = " ".join(s["words"][i:j])
            if j > i and name in atlas and all(l in ("O", None) for l in sure[i:j]):
                sure[i:j] = entity(atlas[name], j - i)
            i = max(j, i + 1)
        found.append(sure)
    return found


@torch.no_grad()
def main(packed, atlas, out, *paths):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    base = pickle.load(gzip.open(f"{packed}/base.pkl.gz"))
    sets = pickle.load(gzip.open(f"{packed}/sets.pkl.gz"))
    Matrix.exact = True
    rows, models = torch.from_numpy(e5.dequantise(base.words)), []
    for path in paths:
        saved = torch.load(path, weights_only=True)
        labels = saved["labels"]
        model = Encoder(base.config, labels, rows)
        model.load_state_dict({k: v.float() for k, v in saved["weights"].items()}, strict=False)
        models.append(model.to(device).eval())
    maker = Maker(base, labels)
    kinds = gazetteer(atlas)
    told = asked(models, maker, sets["ewt"], "ewt", "uner", device)
    new = agreed(sets["ewt"], told, kinds, labels["ner"])
    sets["ewt"] = [s | {"ner": ("uner", l)} for s, l in zip(sets["ewt"], new)]
    count = Counter(l[2:] for s in sets["ewt"] for l in s["ner"][1] if l and l[0] in "BS")
    print("English entities", dict(count), flush=True)
    for name in sorted(set(TREES + INDONESIAN_NAMES) & set(sets)):
        style = "gsd" if name == "gsd" else "csui"
        told = asked(models, maker, sets[name], style, "idner", device)
        if name in TREES:
            sets[name] = [tree(s, t, labels) for s, t in zip(sets[name], told)]
            known = [h is not None for s in sets[name] for h in s["heads"]]
            print(name, "heads known", sum(known) / len(known), flush=True)
        if name in INDONESIAN_NAMES:
            sets[name] = [
                s | {"ner": ("idner", named(t["ner"], labels["ner"])[0])}
                for s, t in zip(sets[name], told)
            ]
    with gzip.open(f"{out}/sets.pkl.gz", "wb", 1) as file:
        pickle.dump(sets, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
