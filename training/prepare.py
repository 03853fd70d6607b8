"""Packs what training reads into one folder: pretrained weights with a cut vocabulary, and data.

    python prepare.py E5_FILE SHARED_DATA KRONIK OUT

KRONIK is the program, which cuts Indonesian words.

A machine without a network needs only OUT and the scripts beside this one.
"""

import gzip
import pickle
import sys
from collections import Counter

import wordfreq

import e5
import treebanks
from split import split

LANGUAGES = "id en ru uk ar fr de es pt tr ms fil".split()
PIECES = 64_000  # rows of the word table that are kept
SCRIPTS = [(0x20, 0x24F), (0x370, 0x52F), (0x600, 0x6FF), (0x2010, 0x2060), (0x20A0, 0x20C0)]


def letters(sentence):
    """A sentence without case, spaces and marks: sets that took it from one page cut it apart."""
    return "".join(c for c in "".join(sentence["words"]).lower() if c.isalnum())


def data(folder):
    """All sets by name; the splits are those of the treebanks."""
    ud, ner = f"{folder}/ud/", f"{folder}/ner/"
    sets = {
        "ewt": treebanks.conllu(ud + "en_ewt-train.conllu", "ewt"),
        "ewt-dev": treebanks.conllu(ud + "en_ewt-dev.conllu", "ewt"),
        "csui": treebanks.conllu(ud + "id_csui-train.conllu", "csui"),
        "gsd": treebanks.conllu(ud + "id_gsd-dev.conllu", "gsd"),
        "gsd20": treebanks.conllu(ud + "id_gsd20-train.conllu", "gsd20", full=False),
        "idner": treebanks.entities(ner + "idner-train.txt", "idner"),
        "test-ewt": treebanks.conllu(ud + "en_ewt-test.conllu", "ewt"),
        "test-csui": treebanks.conllu(ud + "id_csui-test.conllu", "csui"),
        "test-gsd": treebanks.conllu(ud + "id_gsd-test.conllu", "gsd"),
        "test-idner": treebanks.entities(ner + "idner-dev.txt", "idner"),
        "test-ru": treebanks.conllu(ud + "ru_gsd-test.conllu", "ewt"),
        "test-fr": treebanks.conllu(ud + "fr_gsd-test.conllu", "ewt"),
        "test-de": treebanks.conllu(ud + "de_gsd-test.conllu", "ewt"),
    }
    for part in ("train", "valid", "test"):
        sets.setdefault("nergrit", []).extend(
            treebanks.entities(f"{ner}nergrit_ner-grit-{part}.txt", "nergrit")
        )
        sets.setdefault("nerp", []).extend(
            treebanks.entities(f"{ner}nerp_ner-prosa-{part}.txt", "nerp")
        )
    measured = {letters(s) for s in sets["test-idner"]}
    for name in ("idner", "nergrit", "nerp"):
        sets[name] = [s for s in sets[name] if letters(s) not in measured]
    labels = treebanks.uner(ner + "uner-en_ewt-dev.iob2")
    for s in sets["ewt-dev"]:
        if len(labels.get(s["id"], [])) == len(s["words"]):
            s["ner"] = ("uner", labels[s["id"]])
    labels = treebanks.uner(ner + "uner-en_ewt-test.iob2")
    for s in sets["test-ewt"]:
        if len(labels.get(s["id"], [])) == len(s["words"]):
            s["ner"] = ("uner", labels[s["id"]])
    return sets


def vocabulary(base, sets):
    """Ids of the pieces worth keeping: those of the training data, then by weight in news words."""
    pieces = e5.Pieces(base.pieces, base.scores, base.norm)
    needed = set()
    for name, sentences in sets.items():
        if name.startswith("test"):
            continue
        for s in sentences:
            for word, spaced in zip(s["words"], s["spaces"]):
                needed.update(pieces.of(word, spaced))
    for i, piece in enumerate(base.pieces):
        if len(piece) == 1 and any(a <= ord(piece) <= b for a, b in SCRIPTS):
            needed.add(i)
    for n in range(3000):
        needed.update(pieces.of(str(n), True))
    weight = Counter()
    for code in LANGUAGES:
        share = {"id": 4, "en": 4, "ms": 2}.get(code, 1)
        for word in wordfreq.top_n_list(code, 60_000, wordlist="best"):
            if any(0x2E80 <= ord(c) for c in word):
                continue
            frequency = wordfreq.word_frequency(word, code) * share
            forms = {word: 0.6, word.capitalize(): 0.3, word.upper(): 0.1}
            for form, part in forms.items():
                for piece in pieces.of(form, True):
                    weight[piece] += frequency * part
    order = sorted(weight, key=lambda i: (-weight[i], i))
    for i in order:
        if len(needed) >= PIECES:
            break
        needed.add(i)
    lost = 1 - sum(w for i, w in weight.items() if i in needed) / sum(weight.values())
    print(f"{len(needed)} of {len(base.pieces)} pieces; weight lost {lost:.5f}")
    return needed


def main(e5_file, folder, kronik, out):
    base = e5.read(e5_file)
    sets = data(folder)
    sets["gsd20-split"] = split(kronik, sets["gsd20"])
    for name in ("idner", "nergrit", "nerp"):
        sets[name] = split(kronik, sets[name])
    for name, sentences in sets.items():
        print(name, len(sentences), sum(len(s["words"]) for s in sentences))
    base = e5.cut(base, vocabulary(base, sets))
    with gzip.open(f"{out}/sets.pkl.gz", "wb", 6) as file:
        pickle.dump(sets, file)
    with gzip.open(f"{out}/base.pkl.gz", "wb", 6) as file:
        pickle.dump(base, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
