"""The network: encoder, heads, and arithmetic in 8 bits as the reader in Rust does it.

Every matrix product whose matrix is shipped in 8 bits is computed during training with the rounded
matrix and rounded inputs (gradients pass the rounding unchanged), so the shipped model is the
trained one and not a coarser copy of it.
"""

import torch
import torch.nn.functional as F
from torch import nn

ARC, REL = 256, 96  # widths of the parser's spaces


def per_row(x, eps=1e-12):
    """Rows as whole numbers in -127..127, half to even, with their scales."""
    scale = (x.abs().amax(-1, keepdim=True) / 127).clamp_min(eps)
    return torch.round(x / scale), scale


class Rounded(torch.autograd.Function):
    """`x w^T` in 8 bits; the gradients are those of the product without rounding, at the rounded
    values."""

    @staticmethod
    def forward(ctx, x, w):
        xq, sx = per_row(x)
        wq, sw = per_row(w)
        ctx.save_for_backward(xq, sx, wq, sw)
        return F.linear(xq, wq) * sx * sw.T

    @staticmethod
    def backward(ctx, g):
        xq, sx, wq, sw = ctx.saved_tensors
        gx = (g * sw.T) @ wq if ctx.needs_input_grad[0] else None
        gw = None
        if ctx.needs_input_grad[1]:
            gw = (g * sx).flatten(0, -2).T @ xq.flatten(0, -2)
        return gx, gw


class Matrix(nn.Module):
    """A linear layer with 8-bit weights and inputs."""

    exact = False  # true: no rounding at all, to compare

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, x, more=None):
        """`more` is a matrix of the same shape whose weights and biases are added."""
        w = self.weight if more is None else self.weight + more.weight
        b = self.bias if more is None else self.bias + more.bias
        if Matrix.exact:
            return F.linear(x, w, b)
        return Rounded.apply(x, w) + b


class Layer(nn.Module):
    """One layer of the encoder: attention, then feed-forward, each normalised after the sum."""

    def __init__(self, width, heads, ff, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.q, self.k, self.v = (Matrix(width, width) for _ in range(3))
        self.ao = Matrix(width, width)
        self.fi, self.fo = Matrix(width, ff), Matrix(ff, width)
        self.aln = nn.LayerNorm(width, eps=eps)
        self.oln = nn.LayerNorm(width, eps=eps)

    def forward(self, x, mask):
        b, n, width = x.shape
        split = lambda y: y.view(b, n, self.heads, -1).transpose(1, 2)
        drop = self.dropout if self.training else 0.0
        a = F.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask
        )
        a = self.ao(a.transpose(1, 2).reshape(b, n, width))
        x = self.aln(x + F.dropout(a, drop, self.training))
        f = self.fo(F.gelu(self.fi(x)))
        return self.oln(x + F.dropout(f, drop, self.training))


class Encoder(nn.Module):
    """The network with all its heads."""

    def __init__(self, config, labels, rows, dropout=0.1, head_dropout=0.2):
        super().__init__()
        width, self.labels, self.config = config["width"], labels, config
        self.head_dropout = head_dropout
        self.words = nn.Embedding.from_pretrained(rows, freeze=True)
        self.pos = nn.Parameter(torch.zeros(config["positions"], width))
        self.kind = nn.Parameter(torch.zeros(width))
        self.style = nn.Parameter(torch.zeros(len(labels["styles"]), width))
        self.ln = nn.LayerNorm(width, eps=config["eps"])
        self.layers = nn.ModuleList(
            Layer(width, config["heads"], config["ff"], config["eps"], dropout)
            for _ in range(config["layers"])
        )
        sizes = {
            "upos": len(labels["upos"]), "feats": len(labels["feats"]),
            "lemma": len(labels["lemma"]), "end": 1,
            "arc.dep": ARC, "arc.head": ARC, "rel.dep": REL, "rel.head": REL,
        }
        # Entities: what all sets share, and what each adds; the sum is one matrix a set.
        sizes |= {f"ner.{s}": len(labels["ner"]) for s in ["all", *labels["ner_styles"]]}
        self.head = nn.ModuleDict(
            {name.replace(".", "_"): Matrix(width, size) for name, size in sizes.items()}
        )
        self.root = nn.Parameter(torch.randn(width) * 0.5)
        self.arc_u = nn.Parameter(torch.randn(ARC, ARC) / ARC)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel_v = nn.Parameter(torch.randn(len(labels["deprel"]), REL + 1, REL + 1) / REL)
        self.mix = nn.Parameter(torch.zeros(config["layers"] + 1))
        self.vec = Matrix(width, width)
        with torch.no_grad():
            self.vec.weight.copy_(torch.eye(width))

    def start_from(self, base):
        """Takes the pretrained weights."""
        put = lambda p, name: p.data.copy_(torch.from_numpy(base.tensor(name)))
        with torch.no_grad():
            put(self.pos, "emb.pos")
            put(self.kind, "emb.type")
            put(self.ln.weight, "emb.ln.w")
            put(self.ln.bias, "emb.ln.b")
            for i, layer in enumerate(self.layers):
                for name in ("q", "k", "v", "ao", "fi", "fo"):
                    put(getattr(layer, name).weight, f"l{i}.{name}.w")
                    put(getattr(layer, name).bias, f"l{i}.{name}.b")
                for name in ("aln", "oln"):
                    put(getattr(layer, name).weight, f"l{i}.{name}.w")
                    put(getattr(layer, name).bias, f"l{i}.{name}.b")

    def encode(self, ids, real, style):
        """States of pieces [B, N, width] and the vectors of the sequences.

        `real` marks pieces that are no padding; `style` is one index a sequence.
        """
        x = self.words(ids) + self.pos[: ids.shape[1]] + self.kind
        styles = self.style * (torch.arange(len(self.style), device=ids.device) > 0)[:, None]
        x = self.ln(x + styles[style][:, None])
        mask = real[:, None, None, :]
        weight = real.float()[..., None] / real.sum(1)[:, None, None]
        mix, vector = self.mix.softmax(0), 0.0
        vector = mix[0] * (x * weight).sum(1)
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            vector = vector + mix[i + 1] * (x * weight).sum(1)
        return x, F.normalize(self.vec(vector), dim=-1)

    def word_states(self, x, word_of, count):
        """Means of the pieces of each word: [B, W, width]; `word_of` is W for pieces of none."""
        b, _, width = x.shape
        out = x.new_zeros(b, count + 1, width)
        out.scatter_add_(1, word_of[..., None].expand(-1, -1, width), x)
        n = x.new_zeros(b, count + 1).scatter_add_(1, word_of, torch.ones_like(word_of, dtype=x.dtype))
        return (out / n.clamp_min(1)[..., None])[:, :count]

    def on(self, name, w):
        """The head `name` on word states."""
        more = self.head["ner_all"] if name.startswith("ner.") else None
        return self.head[name.replace(".", "_")](w, more)

    def parse(self, w):
        """Scores of heads [B, W, 1 + W] and the two sides of the relation scores."""
        drop = lambda y: F.dropout(y, self.head_dropout, self.training)
        root = self.root.expand(w.shape[0], 1, -1)
        up = torch.cat([root, w], 1)
        ad, ah = drop(F.gelu(self.on("arc.dep", w))), drop(F.gelu(self.on("arc.head", up)))
        rd, rh = drop(F.gelu(self.on("rel.dep", w))), drop(F.gelu(self.on("rel.head", up)))
        ah_u = F.linear(ah, self.arc_u)
        scores = ad @ ah_u.transpose(1, 2) + (ah @ self.arc_bias)[:, None, :]
        return scores, rd, rh

    def relations(self, rd, rh):
        """Relation scores of pairs [..., L]."""
        one = rd.new_ones(rd.shape[:-1] + (1,))
        rd, rh = torch.cat([rd, one], -1), torch.cat([rh, one], -1)
        y = torch.einsum("nd,lde->nle", rd, self.rel_v)
        return torch.einsum("nle,ne->nl", y, rh)
