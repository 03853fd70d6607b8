"""Cuts the words of the Indonesian sets that lack it as the reader cuts them: clitics apart.

The reader (`kronik parse --plain`) does the cutting, so that training sees the words that reading
will see.
"""

import subprocess

MARKS = set("()[]\"'“”‘’,")  # some sets have `(Jokowi)` as one word

def split(kronik, sentences):
    """The sentences cut anew; no trees, entities kept where they stand."""
    parts, places, at = [], [], 0
    for s in sentences:
        place = []
        for word, spaced in zip(s["words"], s["spaces"]):
            if spaced and place:
                parts.append(" ")
                at += 1
            place.append((at, at + len(word)))
            parts.append(word)
            at += len(word)
        places.append(place)
        parts.append("\n\n")
        at += 2
    printed = subprocess.run(
        [kronik, "parse", "-q", "--plain", "--language", "id", "-"],
        input="".join(parts), capture_output=True, text=True, check=True,
    ).stdout
    paragraphs = printed.split("# newpar\n")[1:]
    if len(paragraphs) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences went in, {len(paragraphs)} came out")
    return [one(p, s, place) for p, s, place in zip(paragraphs, sentences, places)]


def one(printed, s, place):
    """A sentence as the reader printed it, with the entities of the one that went in."""
    words, at, inner = [], [], []
    first, last = 0, 0
    for line in printed.split("\n"):
        row = line.split("\t")
        if len(row) < 10:
            continue
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            continue
        marks = dict(m.split("=") for m in row[9].split("|") if m.startswith(("start", "end")))
        words.append(row[1])
        at.append((int(marks["start"]), int(marks["end"])))
        inner.append(first < int(row[0]) <= last)
        if int(row[0]) >= last:
            first, last = 0, 0
    new = dict(words=words, style="csui", doc=s["doc"])
    new["spaces"] = [i == 0 or at[i][0] > at[i - 1][1] for i in range(len(at))]
    if "ner" in s:
        new["ner"] = (s["ner"][0], labels(s["ner"][1], place, at, inner, words))
    return new


def labels(old, place, at, inner, words):
    """BIOES labels of words at `at` from those of words at `place`; a name that ends in a clitic
    (`inner`: no first word of its token) or a mark ends before it."""
    found, start = ["O"] * len(at), 0
    for i, label in enumerate(old):
        if label[0] in "BS":
            start = place[i][0]
        if label[0] not in "ES":
            continue
        end = place[i][1]
        own = [k for k, (a, b) in enumerate(at) if a < end and b > start]
        while own and (inner[own[-1]] or words[own[-1]] in MARKS):
            own.pop()
        while own and words[own[0]] in MARKS:
            own.pop(0)
        for k in own:
            found[k] = "I-" + label[2:]
        if len(own) == 1:
            found[own[0]] = "S-" + label[2:]
        elif own:
            found[own[0]], found[own[-1]] = "B-" + label[2:], "E-" + label[2:]
    return found
