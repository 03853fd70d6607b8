"""What is learned from: treebanks and entity sets, as sentences of one shape.

A sentence is a dict: `words` (forms), `spaces` (white space before each), `style` (annotation
style of its tree), `doc` (sentences of one document follow each other), and, where its set tells
them, `upos`, `feats`, `lemma` (edit scripts), `heads` (0 = root, else 1 + index), `deprel`,
`ner` = (style, BIOES labels).
"""

import re

# Features that later stages read; all others are dropped.
FEATURES = {
    "Voice", "VerbForm", "Tense", "Mood", "Number", "Person", "PronType", "Polarity", "NumType",
    "Degree", "Foreign", "Definite",
}


def script(form: str, lemma: str) -> str:
    """The edit that makes `lemma` of `form` (see the format in README.md)."""
    best = None
    for flag, base in (("k", form), ("l", form.lower())):
        if base == lemma:
            return f"{flag}|0||0|"
        for front in range(0, min(7, len(base))):
            # longest run of the base from `front` that the lemma holds near its start
            for add in range(0, 4):
                rest = base[front:]
                common = 0
                while (
                    common < len(rest)
                    and add + common < len(lemma)
                    and rest[common] == lemma[add + common]
                ):
                    common += 1
                if common < 2 and common < len(lemma):
                    continue
                cut, tail = len(rest) - common, lemma[add + common :]
                if "|" in lemma:
                    continue
                cost = front + add + cut + len(tail) + (flag == "l") * 0.5
                if cut > 6 or len(tail) > 4:
                    continue
                if best is None or cost < best[0]:
                    best = (cost, f"{flag}|{front}|{lemma[:add]}|{cut}|{tail}")
    return best[1] if best else "=" + lemma


def apply(edit: str, form: str) -> str:
    """The lemma that a script makes of a form."""
    if edit.startswith("="):
        return edit[1:]
    flag, front, add, cut, tail = edit.split("|")
    base = form.lower() if flag == "l" else form
    front, cut = int(front), int(cut)
    if front + cut > len(base):
        return base
    return add + base[front : len(base) - cut] + tail


def conllu(path: str, style: str, full: bool = True):
    """Sentences of a treebank; `full` if it tells features and lemmas."""
    sentences, document = [], 0
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = [l for l in block.split("\n") if l]
        if any(l.startswith("# newdoc") for l in lines):
            document += 1
        rows = [l.split("\t") for l in lines if not l.startswith("#")]
        if not rows:
            continue
        sent_id = next((l.split("=")[1].strip() for l in lines if l.startswith("# sent_id")), "")
        s = dict(words=[], spaces=[], upos=[], feats=[], lemma=[], heads=[], deprel=[])
        s.update(style=style, doc=f"{path}:{document}", id=sent_id)
        spaced, until, space_after = True, 0, True
        for row in rows:
            if "." in row[0]:
                continue
            if "-" in row[0]:
                first, last = map(int, row[0].split("-"))
                until, space_after = last, "SpaceAfter=No" not in row[9]
                parts = [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last]
                whole = "".join(parts).lower() == row[1].lower()
                start = first
                continue
            i = int(row[0])
            inside = until >= i
            s["words"].append(row[1])
            s["spaces"].append(spaced if not inside or i == start else not whole)
            s["upos"].append(row[3])
            s["heads"].append(int(row[6]))
            s["deprel"].append(row[7])
            if full:
                feats = [f for f in row[5].split("|") if f.split("=")[0] in FEATURES]
                s["feats"].append("|".join(feats) or "_")
                s["lemma"].append(script(row[1], row[2]))
            spaced = space_after if inside else "SpaceAfter=No" not in row[9]
        if not full:
            del s["feats"], s["lemma"]
        sentences.append(s)
    return sentences


ENTITY = {
    "PER": "PER", "PERSON": "PER", "PPL": "PER", "ORG": "ORG", "ORGANISATION": "ORG",
    "IND": "ORG", "LOC": "LOC", "PLACE": "LOC", "PLC": "LOC",
}


def bioes(labels):
    """BIO labels as BIOES, types named our way; types that we do not know are O."""
    kinds = [(l[0], ENTITY.get(l[2:])) if l != "O" else ("O", None) for l in labels]
    kinds = [(b, k) if k else ("O", None) for b, k in kinds]
    found = []
    for i, (b, k) in enumerate(kinds):
        if k is None:
            found.append("O")
            continue
        starts = b == "B" or i == 0 or kinds[i - 1][1] != k
        ends = i + 1 == len(kinds) or kinds[i + 1] != ("I", k)
        found.append(("S-" if ends else "B-") + k if starts else ("E-" if ends else "I-") + k)
    return found


CLOSING = re.compile(r"^[.,;:!?%)\]}»”’…]+$")
OPENING = re.compile(r"^[(\[{«“‘]+$")


def spaces_of(words):
    """White space before each word, guessed as type-setters put it, for sets that lack it."""
    spaces, quoted = [], False
    for i, word in enumerate(words):
        before = i > 0 and not CLOSING.match(word) and not OPENING.match(words[i - 1])
        if word in ('"', "''", "``", "'"):
            before = before and not quoted
            quoted = not quoted
        elif i > 0 and words[i - 1] in ('"', "``", "''", "'") and quoted:
            before = False
        if i > 0 and (word in "-/" or words[i - 1] in "-/"):
            before = False
        spaces.append(before or i == 0)
    return spaces


def entities(path: str, style: str, word: int = 0, label: int = -1):
    """Sentences of an entity set: a token a line, sentences parted by blank lines."""
    sentences = []
    for block in re.split(r"\n\s*\n", open(path, encoding="utf-8").read()):
        rows = [re.split(r"[\t ]", l) for l in block.split("\n") if l and not l.startswith("# ")]
        rows = [r for r in rows if len(r) > 1]
        if not rows:
            continue
        words = [r[word] for r in rows]
        labels = bioes([r[label] for r in rows])
        sentences.append(
            dict(words=words, spaces=spaces_of(words), style="none", doc="",
                 ner=(style, labels))
        )
    return sentences


def uner(path: str):
    """Entity labels of UNER by sentence id."""
    found = {}
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = [l for l in block.split("\n") if l]
        sent_id = next((l.split("=")[1].strip() for l in lines if l.startswith("# sent_id")), None)
        rows = [l.split("\t") for l in lines if not l.startswith("#")]
        if sent_id and rows:
            found[sent_id] = bioes([r[2] for r in rows])
    return found
