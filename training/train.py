"""Trains the encoder on all tasks at once.

    python train.py PACKED OUT [--name main] [--seconds 300] [--rate 2e-4] …

PACKED is what `prepare.py` made. Writes OUT/NAME.pt (weights, 16 bit), OUT/NAME.json (figures) and
a line a minute to the standard output. The rate of learning falls with the share of `--epochs` or
`--seconds` that is spent, whichever is greater, so a run ends well on any machine. A run that was
cut off goes on from its last checkpoint (OUT/NAME.part) when started again.
"""

import argparse
import gzip
import json
import os
import pickle
import random
import time

import torch
import torch.nn.functional as F

import e5
from batches import Maker, labels_of
from names import names
from model import Encoder, Matrix
from score import score

HELD_OUT = {"ewt-dev": 1000, "csui": 90, "gsd": 120, "idner": 200}
TESTS = {
    "test-ewt": ("ewt", "uner"), "test-csui": ("csui", None), "test-gsd": ("gsd", None),
    "test-idner": ("csui", "idner"), "test-ru": ("ewt", None), "test-fr": ("ewt", None),
    "test-de": ("ewt", None),
}
DEVS = {
    "ewt-dev": ("ewt", "uner"), "csui": ("csui", None), "gsd": ("gsd", None),
    "idner": ("csui", "idner"),
}
WEIGHTS = dict(upos=1.0, feats=0.5, lemma=0.5, arc=1.0, rel=1.0, end=0.3, ner=1.0, vec=1.0)


class Feed(torch.utils.data.IterableDataset):
    """Batches of all epochs but the first `done`, made by worker processes."""

    def __init__(self, maker, sets, args, done):
        self.maker, self.sets, self.args, self.done = maker, sets, args, done

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        n, me = (worker.num_workers, worker.id) if worker else (1, 0)
        seen = 0
        for epoch in range(self.args.epochs):
            batches = self.maker.batches(self.sets, self.args.seed * 1000 + epoch, self.args.batch)
            for i, batch in enumerate(batches):
                seen += 1
                if i % n == me and seen > self.done:
                    out = self.maker.arrays(batch)
                    single = [b for b, (_, chunk) in enumerate(batch) if len(chunk) == 1]
                    out["single"] = torch.tensor(single[:8])
                    out["of"] = (epoch + (i + 1) / len(batches)) / self.args.epochs
                    yield out


@torch.no_grad()
def teach(teacher, maker, ids, real):
    """Vectors that the untouched encoder gives, with the prefix it was trained with."""
    prefix = maker.pieces.of("passage:", True)
    b, n = ids.shape
    new = ids.new_full((b, n + len(prefix)), e5.PAD)
    new[:, 0] = e5.BOS
    new[:, 1 : 1 + len(prefix)] = torch.tensor(prefix, device=ids.device)
    new[:, 1 + len(prefix) :] = ids[:, 1:]
    mask = torch.cat([real.new_ones(b, len(prefix)), real], 1)
    states, _ = teacher.encode(new, mask, torch.zeros(b, dtype=torch.long, device=ids.device))
    weight = mask.float()[..., None]
    return F.normalize((states * weight).sum(1) / weight.sum(1), dim=-1)


def losses(model, teacher, maker, x):
    """The loss of each task on a batch."""
    count = x["heads"].shape[1]
    states, vector = model.encode(x["ids"], x["real"], x["style"])
    w = model.word_states(states, x["word_of"], count)
    w = F.dropout(w, model.head_dropout, model.training)
    out = {}
    for task in ("upos", "feats", "lemma"):
        out[task] = F.cross_entropy(model.on(task, w).flatten(0, 1), x[task].flatten())
    end = x["end"].flatten()
    if (end >= 0).any():
        logit = model.on("end", w).flatten()[end >= 0]
        out["end"] = F.binary_cross_entropy_with_logits(logit, end[end >= 0].float())
    parts = []
    for i, style in enumerate(model.labels["ner_styles"]):
        chosen = x["ner_style"] == i
        if chosen.any():
            logits = model.on(f"ner.{style}", w[chosen])
            parts.append(F.cross_entropy(logits, x["ner"][chosen], reduction="sum"))
    if parts:
        out["ner"] = sum(parts) / (x["ner_style"] >= 0).sum()
    known = x["heads"] >= 0
    if known.any():
        arcs, rd, rh = model.parse(w)
        same = x["sentence"][:, :, None] == x["sentence"][:, None, :]
        same = F.pad(same, (1, 0), value=True)
        own = torch.eye(count + 1, dtype=torch.bool, device=arcs.device)[1:]
        arcs = arcs.masked_fill(~same | own, -1e4)
        out["arc"] = F.cross_entropy(arcs[known], x["heads"][known])
        b, d = known.nonzero(as_tuple=True)
        rel = model.relations(rd[b, d], rh[b, x["heads"][known]])
        out["rel"] = F.cross_entropy(rel, x["deprel"][known])
    if teacher is not None and len(x["single"]):
        pick = x["single"]
        target = teach(teacher, maker, x["ids"][pick], x["real"][pick])
        out["vec"] = (1 - (vector[pick] * target).sum(-1)).mean()
    return {k: v for k, v in out.items() if not torch.isnan(v)}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("packed")
    ap.add_argument("out")
    ap.add_argument("--name", default="main")
    ap.add_argument("--seconds", type=float, default=1e9)
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--head-dropout", type=float, default=0.25)
    ap.add_argument("--batch", type=int, default=4096)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--workers", type=int, default=3)
    ap.add_argument("--scratch", action="store_true", help="random start, words learned too")
    ap.add_argument("--exact", action="store_true", help="no rounding during training")
    ap.add_argument("--all", action="store_true", help="learn from the held-out parts too")
    ap.add_argument("--names", help="atlas folder: names to put in place of others")
    ap.add_argument("--no-score", action="store_true")
    ap.add_argument("--limit", type=int, help="sentences a set, for a quick try")
    ap.add_argument("--checkpoint", type=float, default=600, help="seconds between checkpoints")
    args = ap.parse_args()

    torch.manual_seed(args.seed)
    random.seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    base = pickle.load(gzip.open(f"{args.packed}/base.pkl.gz"))
    sets = pickle.load(gzip.open(f"{args.packed}/sets.pkl.gz"))
    labels = labels_of(sets)
    devs = {}
    for name, n in HELD_OUT.items():
        devs[name] = sets[name][-n:]
        if not args.all:
            sets[name] = sets[name][:-n]
    if args.limit:
        sets = {k: v[: args.limit] for k, v in sets.items()}
        devs = {k: v[: args.limit] for k, v in devs.items()}
    maker = Maker(base, labels, names(args.names, sets) if args.names else None)
    rows = torch.from_numpy(e5.dequantise(base.words))
    Matrix.exact = args.exact
    model = Encoder(base.config, labels, rows, args.dropout, args.head_dropout)
    teacher = None
    if args.scratch:
        torch.nn.init.normal_(model.words.weight, std=0.05)
        torch.nn.init.normal_(model.pos, std=0.02)
        model.words.weight.requires_grad_(True)
    else:
        model.start_from(base)
        teacher = Encoder(base.config, labels, rows).to(device).eval()
        teacher.start_from(base)
        for p in teacher.parameters():
            p.requires_grad_(False)
    model.to(device).train()
    inner = {"words", "pos", "kind", "ln", "layers", "style"}
    groups = [[], []]
    for name, p in model.named_parameters():
        if p.requires_grad:
            groups[name.split(".")[0] not in inner].append(p)
    optimizer = torch.optim.AdamW(
        [dict(params=groups[0], lr=args.rate, peak=args.rate),
         dict(params=groups[1], lr=args.head_rate, peak=args.head_rate)],
        betas=(0.9, 0.98), weight_decay=0.01, fused=device == "cuda",
    )
    step, before, part = 0, 0.0, f"{args.out}/{args.name}.part"
    if os.path.exists(part):
        found = torch.load(part, map_location=device, weights_only=True)
        model.load_state_dict(found["model"])
        optimizer.load_state_dict(found["optimizer"])
        step, before = found["step"], found["seconds"]
        print(f"{args.name} goes on from step {step}", flush=True)
    feed = torch.utils.data.DataLoader(
        Feed(maker, sets, args, step), batch_size=None, num_workers=args.workers,
        prefetch_factor=8 if args.workers else None,
    )
    start, told, saved, sums = time.time() - before, time.time(), time.time(), {}
    for x in feed:
        progress = max(float(x.pop("of")), (time.time() - start) / args.seconds)
        if progress >= 1 and time.time() - start > args.seconds:
            break
        ramp = min(1.0, progress / 0.06) if progress < 0.06 else (1 - progress) / 0.94
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * max(ramp, 0.003)
        x = {k: v.to(device, non_blocking=True) for k, v in x.items()}
        parts = losses(model, teacher, maker, x)
        loss = sum(WEIGHTS[k] * v for k, v in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        if step % 10 == 0:
            for k, v in parts.items():
                a, n = sums.get(k, (0.0, 0))
                sums[k] = (a + v.item(), n + 1)
        if time.time() - told > 20:
            told = time.time()
            shown = " ".join(f"{k} {a / n:.3f}" for k, (a, n) in sorted(sums.items()))
            print(f"{args.name} {told - start:.0f} s step {step} {100 * progress:.0f}% {shown}", flush=True)
            sums = {}
        if time.time() - saved > args.checkpoint:
            saved = time.time()
            state = dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step,
                         seconds=saved - start)
            torch.save(state, part + ".new")
            os.replace(part + ".new", part)
    spent = time.time() - start
    weights = {k: v.half().cpu() for k, v in model.state_dict().items()
               if args.scratch or not k.startswith("words.")}
    torch.save(dict(weights=weights, labels=labels), f"{args.out}/{args.name}.pt")
    if os.path.exists(part):
        os.remove(part)
    if args.no_score:
        return
    figures = dict(args=vars(args), steps=step, seconds=round(spent), dev={}, test={})
    for name, (style, ner) in DEVS.items():
        figures["dev"][name] = score(model, maker, devs[name], style, ner, device)
    for name, (style, ner) in TESTS.items():
        part = sets[name][: args.limit] if args.limit else sets[name]
        figures["test"][name] = score(model, maker, part, style, ner, device)
    json.dump(figures, open(f"{args.out}/{args.name}.json", "w"), indent=1)
    print(args.name, json.dumps(dict(dev=figures["dev"], test=figures["test"])), flush=True)


if __name__ == "__main__":
    main()
