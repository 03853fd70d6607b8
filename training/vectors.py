"""Teaches the sentence vector anew, with everything else as it is.

    python vectors.py PACKED MODEL.pt OUT.pt [--sentences 12000]

During training the vector is taught to be that of the untouched encoder. All vectors of that have
a large part in common, which is easy to learn and tells nothing, so here the target is what is
left without that part. Only the mix of layers and one matrix are learned.
"""

import argparse
import gzip
import pickle
import random

import torch
import torch.nn.functional as F

import e5
from batches import Maker
from model import Encoder, Matrix
from train import teach

SETS = {"ewt": "ewt", "csui": "csui", "gsd": "csui", "idner": "csui", "nergrit": "csui",
        "nerp": "csui", "gsd20-split": "csui", "other": "ewt"}


@torch.no_grad()
def features(model, teacher, maker, sentences):
    """Means of all layers [N, 13, width] and vectors of the teacher [N, width]."""
    sentences = sorted(sentences, key=lambda s: maker.size(s[1]))
    means, targets = [], []
    for at in range(0, len(sentences), 32):
        x = maker.arrays([(style, [s]) for style, s in sentences[at : at + 32]])
        weight = x["real"].float()[..., None] / x["real"].sum(1)[:, None, None]
        layers = []
        hooks = [m.register_forward_hook(lambda _, __, out: layers.append((out * weight).sum(1)))
                 for m in [model.ln, *(layer.oln for layer in model.layers)]]
        model.encode(x["ids"], x["real"], x["style"])
        for hook in hooks:
            hook.remove()
        means.append(torch.stack(layers, 1))
        targets.append(teach(teacher, maker, x["ids"], x["real"]))
    return torch.cat(means), torch.cat(targets)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("packed")
    ap.add_argument("model")
    ap.add_argument("out")
    ap.add_argument("--sentences", type=int, default=12000)
    args = ap.parse_args()
    torch.manual_seed(1)
    base = pickle.load(gzip.open(f"{args.packed}/base.pkl.gz"))
    sets = pickle.load(gzip.open(f"{args.packed}/sets.pkl.gz"))
    saved = torch.load(args.model, weights_only=True)
    rows = torch.from_numpy(e5.dequantise(base.words))
    maker = Maker(base, saved["labels"])
    model, teacher = (Encoder(base.config, saved["labels"], rows).eval() for _ in range(2))
    model.load_state_dict({k: v.float() for k, v in saved["weights"].items()}, strict=False)
    teacher.start_from(base)
    Matrix.exact = True
    pool = [(style, s) for name, style in SETS.items() for s in sets.get(name, [])]
    pool = random.Random(1).sample(pool, min(args.sentences, len(pool)))
    means, targets = features(model, teacher, maker, pool)
    shared = targets.mean(0)
    targets = F.normalize(targets - shared, dim=-1)
    held = len(means) // 20
    order = torch.randperm(len(means))
    test, train = order[:held], order[held:]
    mix = torch.zeros(means.shape[1], requires_grad=True)
    matrix = torch.nn.Linear(means.shape[2], means.shape[2])
    with torch.no_grad():
        matrix.weight.copy_(torch.eye(means.shape[2]))
        matrix.bias.copy_(-means[train].mean((0, 1)))
    optimizer = torch.optim.AdamW(
        [dict(params=[mix], lr=3e-2), dict(params=matrix.parameters(), lr=2e-3)], weight_decay=1e-3
    )
    told = lambda x: F.normalize(matrix(torch.einsum("l,nlw->nw", mix.softmax(0), x)), dim=-1)
    epochs = 60
    for epoch in range(epochs):
        for group, top in zip(optimizer.param_groups, (3e-2, 2e-3)):
            group["lr"] = top * (1 - epoch / epochs)
        for batch in train[torch.randperm(len(train))].split(256):
            v, t = told(means[batch]), targets[batch]
            # Near to the target, and as near to the others as the target is.
            loss = (1 - (v * t).sum(-1)).mean() + 4 * (v @ v.T - t @ t.T).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if epoch % 10 == 9:
            with torch.no_grad():
                v = told(means[test])
                near = (v @ targets[test].T).argmax(1).eq(torch.arange(held)).float().mean()
                print(f"epoch {epoch + 1}: cosine {(v * targets[test]).sum(-1).mean():.3f}, "
                      f"own target is the nearest {near:.3f}", flush=True)
    weights = saved["weights"]
    weights["mix"], weights["vec.weight"], weights["vec.bias"] = (
        p.detach().half() for p in (mix, matrix.weight, matrix.bias)
    )
    torch.save(dict(weights=weights, labels=saved["labels"]), args.out)


if __name__ == "__main__":
    main()
