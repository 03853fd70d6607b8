"""From sentences to batches of chunks: grouped, roughened, segmented, padded."""

import random

import numpy as np
import torch

import e5

MOST = 200  # pieces of a chunk
SHARES = {  # how often a set is read in an epoch
    "ewt": 1, "ewt-dev": 2, "csui": 3, "gsd": 3, "gsd20": 0.5, "gsd20-split": 0.5, "idner": 2,
    "nergrit": 1, "nerp": 0.5,
}
INDONESIAN = ["none", "csui", "gsd", "gsd20"]


def labels_of(sets):
    """The label sets: what occurs often enough to be learned."""
    from collections import Counter

    feats, lemmas, deprels, upos = Counter(), Counter(), Counter(), Counter()
    for name, sentences in sets.items():
        if name.startswith("test"):
            continue
        for s in sentences:
            feats.update(s.get("feats", []))
            lemmas.update(s.get("lemma", []))
            deprels.update(s.get("deprel", []))
            upos.update(s.get("upos", []))
    kinds = [f"{b}-{t}" for t in ("PER", "ORG", "LOC") for b in "BIES"]
    for counts in (feats, lemmas, deprels, upos):
        counts.pop(None, None)  # what silver.py left open
    often = lambda counts, n: sorted(k for k, c in counts.items() if c >= n)
    return {
        "upos": sorted(upos.keys() - {"_"}), "feats": often(feats, 4), "lemma": often(lemmas, 3),
        "deprel": sorted(deprels), "ner": ["O"] + kinds,
        "ner_styles": ["idner", "nergrit", "nerp", "uner"],
        "styles": ["none", "ewt", "csui", "gsd", "gsd20"],
    }


def roughened(s, dice):
    """The sentence as headlines and careless writers print it, now and then."""
    words, keep = s["words"], len(s["words"])
    if dice.random() < 0.1 and "heads" in s and keep > 3 and words[-1] in ".!?" \
            and keep not in s["heads"]:
        keep -= 1
    case = dice.random()
    if case < 0.03:
        words = [w.upper() for w in words]
    elif case < 0.07:
        words = [w[:1].upper() + w[1:] for w in words]
    elif case < 0.10:
        words = [w.lower() for w in words]
    elif keep == len(words):
        return s
    changed = {k: v[:keep] for k, v in s.items() if isinstance(v, list)}
    changed |= {"words": words[:keep], "style": s["style"], "doc": s["doc"]}
    if case < 0.10:
        changed.pop("lemma", None)
    if "ner" in s:
        changed["ner"] = (s["ner"][0], s["ner"][1][:keep])
    return changed


class Maker:
    """Makes batches as arrays; `names` holds names by kind and number of words."""

    def __init__(self, base, labels, names=None):
        self.pieces = e5.Pieces(base.pieces, base.scores, base.norm)
        self.names = names or {}
        self.labels = labels
        self.index = {k: {l: i for i, l in enumerate(v)} for k, v in labels.items()}

    def size(self, s):
        return sum(len(self.pieces.of(w, sp)) for w, sp in zip(s["words"], s["spaces"]))

    def renamed(self, s, dice):
        """The sentence with other names of the same kind and length, now and then."""
        if not self.names or "ner" not in s or dice.random() >= 0.3:
            return s
        words, at = list(s["words"]), None
        lemma = list(s["lemma"]) if "lemma" in s else None
        for i, label in enumerate(s["ner"][1]):
            if label and label[0] in "BS":
                at = i
            if label and label[0] in "ES" and at is not None:
                known = self.names.get((label[2:], i + 1 - at))
                if known and dice.random() < 0.6:
                    # names stand in order of weight
                    other = known[int(len(known) * dice.random() ** 2)]
                    words[at : i + 1] = other
                    if lemma:
                        lemma[at : i + 1] = [None] * len(other)
                at = None
        return s | {"words": words} | ({"lemma": lemma} if lemma else {})

    def chunks(self, sets, dice, shares=SHARES):
        """Chunks of an epoch: lists of sentences that follow each other."""
        found = []
        for name, share in shares.items():
            sentences = sets.get(name, [])
            rounds = int(share) + (dice.random() < share - int(share) if share > 1 else 0)
            picked = []
            for _ in range(max(rounds, 1)):
                i = 0
                while i < len(sentences):
                    group, size = [sentences[i]], self.size(sentences[i])
                    i += 1
                    most = dice.choice([0, 0, 60, 120, MOST - 20])
                    while i < len(sentences) and sentences[i]["doc"] == group[0]["doc"] and group[0]["doc"]:
                        more = self.size(sentences[i])
                        if size + more > most:
                            break
                        group.append(sentences[i])
                        size += more
                        i += 1
                    if share >= 1 or dice.random() < share:
                        picked.append(group)
            found += picked
        return found

    def batches(self, sets, seed, most, shares=SHARES):
        """Batches of an epoch, each at most `most` pieces with padding, in random order."""
        dice = random.Random(seed)
        chunks = self.chunks(sets, dice, shares)
        ready = []
        for chunk in chunks:
            chunk = [roughened(self.renamed(s, dice), dice) for s in chunk]
            style = chunk[0]["style"]
            if style == "none":
                style = dice.choice(INDONESIAN)
            ready.append((sum(map(self.size, chunk)) + dice.random() * 6, style, chunk))
        ready.sort(key=lambda c: c[0])
        found, batch, widest = [], [], 0
        for size, style, chunk in ready:
            widest = max(widest, int(size) + 2)
            if batch and widest * (len(batch) + 1) > most:
                found.append(batch)
                batch, widest = [], int(size) + 2
            batch.append((style, chunk))
        found.append(batch)
        dice.shuffle(found)
        return found

    def arrays(self, batch):
        """One batch, padded, as tensors."""
        rows, index = [], self.index
        for style, chunk in batch:
            ids, word_of, w = [e5.BOS], [-1], 0
            row = dict(style=index["styles"][style], sentence=[], heads=[], upos=[], feats=[],
                       lemma=[], deprel=[], end=[], ner=[], ner_style=[], base=[])
            for n, s in enumerate(chunk):
                start = w
                length = len(s["words"])
                for i, (word, spaced) in enumerate(zip(s["words"], s["spaces"])):
                    pieces = self.pieces.of(word, spaced or w == 0)
                    ids += pieces
                    word_of += [w] * len(pieces)
                    w += 1
                row["sentence"] += [n] * length
                get = lambda key, name: (
                    [index[name].get(l, -100) for l in s[key]] if key in s else [-100] * length
                )
                row["upos"] += get("upos", "upos")
                row["feats"] += get("feats", "feats")
                row["lemma"] += get("lemma", "lemma")
                row["deprel"] += get("deprel", "deprel")
                row["heads"] += (
                    [-100 if h is None else h and h + start for h in s["heads"]]
                    if "heads" in s else [-100] * length
                )
                row["end"] += [0] * (length - 1) + [1] if s["doc"] else [-100] * length
                if "ner" in s:
                    row["ner"] += [index["ner"].get(l, -100) for l in s["ner"][1]]
                    row["ner_style"] += [index["ner_styles"][s["ner"][0]]] * length
                else:
                    row["ner"] += [-100] * length
                    row["ner_style"] += [-1] * length
            ids, word_of = ids[:511] + [e5.EOS], word_of[:511] + [-1]
            row |= dict(ids=ids, word_of=word_of, words=w)
            rows.append(row)
        b, n, w = len(rows), max(len(r["ids"]) for r in rows), max(r["words"] for r in rows)
        out = {
            "ids": np.full((b, n), e5.PAD), "real": np.zeros((b, n), bool),
            "word_of": np.full((b, n), w), "sentence": np.full((b, w), -1),
            "ner_style": np.full((b, w), -1), "style": np.array([r["style"] for r in rows]),
        }
        for key in ("heads", "upos", "feats", "lemma", "deprel", "end", "ner"):
            out[key] = np.full((b, w), -100)
        for i, r in enumerate(rows):
            out["ids"][i, : len(r["ids"])] = r["ids"]
            out["real"][i, : len(r["ids"])] = True
            out["word_of"][i, : len(r["ids"])] = [w if x < 0 else x for x in r["word_of"]]
            for key in ("sentence", "ner_style", "heads", "upos", "feats", "lemma", "deprel",
                        "end", "ner"):
                out[key][i, : r["words"]] = r[key]
        return {k: torch.from_numpy(v) for k, v in out.items()}
