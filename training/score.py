"""Figures of a model on gold words: tags, trees, entities."""

import numpy as np
import torch


def tree(scores):
    """Heads of the best tree with one root: scores [n, 1 + n], row i = heads of word i."""
    n = len(scores)
    s = np.full((n + 1, n + 1), -1e18)
    s[1:] = scores
    np.fill_diagonal(s, -1e18)
    heads = chu_liu(s)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) != 1:
        best = None
        for root in range(1, n + 1):
            t = s.copy()
            t[1:, 0] = -1e18
            t[root] = -1e18
            t[root, 0] = s[root, 0]
            h = chu_liu(t)
            total = sum(t[i, h[i]] for i in range(1, n + 1))
            if best is None or total > best[0]:
                best = (total, h)
        heads = best[1]
    return heads[1:]


def chu_liu(s):
    """Heads of the best tree over the graph `s` (row = dependant, column = head, 0 = root)."""
    n = len(s)
    heads = s.argmax(1)
    heads[0] = 0
    seen = np.zeros(n, int)
    cycle = None
    for start in range(1, n):
        at, path = start, []
        while at and not seen[at]:
            seen[at] = start
            path.append(at)
            at = heads[at]
        if at and seen[at] == start and at in path:
            cycle = path[path.index(at):]
            break
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outer = [i for i in range(n) if not inside[i]]
    c = len(outer)
    t = np.full((c + 1, c + 1), -1e18)
    t[:c, :c] = s[np.ix_(outer, outer)]
    total = sum(s[i, heads[i]] for i in cycle)
    enter = np.array([s[i, outer] + total - s[i, heads[i]] for i in cycle])
    t[c, :c] = enter.max(0)
    leave = s[np.ix_(outer, cycle)]
    t[:c, c] = leave.max(1)
    inner = chu_liu(t)
    found = heads.copy()
    for k, i in enumerate(outer):
        if i:
            found[i] = cycle[leave[k].argmax()] if inner[k] == c else outer[inner[k]]
    broken = cycle[enter[:, inner[c]].argmax()]
    found[broken] = outer[inner[c]]
    return found


def entities(logits, labels):
    """Best sequence of BIOES labels that is well formed."""
    n = len(logits)
    allowed = np.array([[follows(a, b) for b in labels] for a in labels])
    start = np.array([l[0] in "OBS" for l in labels])
    best = np.where(start, logits[0], -1e9)
    back = []
    for i in range(1, n):
        step = best[:, None] + np.where(allowed, 0, -1e9)
        back.append(step.argmax(0))
        best = step.max(0) + logits[i]
    best = best + np.where([l[0] in "OES" for l in labels], 0, -1e9)
    at = int(best.argmax())
    found = [at]
    for b in back[::-1]:
        at = int(b[at])
        found.append(at)
    return [labels[i] for i in found[::-1]]


def follows(a, b):
    if a[0] in "OES":
        return b[0] in "OBS"
    return b[0] in "IE" and a[2:] == b[2:]


def spans(labels):
    found, start = set(), 0
    for i, l in enumerate(labels):
        if l[0] in "BS":
            start = i
        if l[0] in "ES":
            found.add((start, i, l[2:]))
    return found


@torch.no_grad()
def score(model, maker, sentences, style, ner_style=None, device="cpu", most=8192):
    """UPOS, FEATS, lemma edits, UAS, LAS of gold sentences, and F1 of entities."""
    model.eval()
    labels = model.labels
    c = dict(words=0, upos=0, feats=0, lemma=0, uas=0, las=0)
    right = told = gold = 0
    order = sorted(range(len(sentences)), key=lambda i: maker.size(sentences[i]))
    at = 0
    while at < len(order):
        widest, batch = 0, []
        while at < len(order) and (
            not batch or max(widest, maker.size(sentences[order[at]]) + 2) * (len(batch) + 1) <= most
        ):
            widest = max(widest, maker.size(sentences[order[at]]) + 2)
            batch.append(sentences[order[at]])
            at += 1
        x = {k: v.to(device) for k, v in maker.arrays([(style, [s]) for s in batch]).items()}
        states, _ = model.encode(x["ids"], x["real"], x["style"])
        w = model.word_states(states, x["word_of"], x["heads"].shape[1])
        arcs, rd, rh = model.parse(w)
        arcs = arcs.float().cpu().numpy()
        tags = {k: model.on(k, w).argmax(-1).cpu().numpy() for k in ("upos", "feats", "lemma")}
        ner = model.on(f"ner.{ner_style}", w).float().cpu().numpy() if ner_style else None
        heads = []
        for b, s in enumerate(batch):
            n = len(s["words"])
            heads.append(tree(arcs[b, :n, : n + 1]) if "heads" in s else np.zeros(n, int))
        bi = torch.tensor([b for b, s in enumerate(batch) for _ in s["words"]], device=device)
        wi = torch.tensor([i for s in batch for i in range(len(s["words"]))], device=device)
        hi = torch.tensor(np.concatenate(heads), device=device)
        relations = model.relations(rd[bi, wi], rh[bi, hi])
        root = labels["deprel"].index("root")
        relations[:, root] = torch.where(hi == 0, 1e9, -1e9)
        relations = relations.argmax(-1).cpu().numpy()
        k = 0
        for b, s in enumerate(batch):
            for i in range(len(s["words"])):
                if "heads" in s:
                    c["words"] += 1
                    c["upos"] += labels["upos"][tags["upos"][b, i]] == s["upos"][i]
                    same = heads[b][i] == s["heads"][i]
                    c["uas"] += same
                    c["las"] += same and labels["deprel"][relations[k]] == s["deprel"][i]
                if "feats" in s:
                    c["feats"] += labels["feats"][tags["feats"][b, i]] == s["feats"][i]
                    c["lemma"] += labels["lemma"][tags["lemma"][b, i]] == s["lemma"][i]
                k += 1
            if ner is not None and "ner" in s:
                a, g = spans(entities(ner[b, : len(s["words"])], labels["ner"])), spans(s["ner"][1])
                right, told, gold = right + len(a & g), told + len(a), gold + len(g)
    model.train()
    n = max(c.pop("words"), 1)
    found = {k: round(100 * v / n, 2) for k, v in c.items()} if n > 1 else {}
    if told + gold:
        found["ner"] = round(200 * right / (told + gold), 2)
    return found
