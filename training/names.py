"""Names to learn kinds of names from: those of the atlas and of the entity sets."""

import csv


def rows(path):
    """Rows of an atlas table as dicts."""
    lines = [l for l in open(path, encoding="utf-8") if not l.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def atlas(folder):
    """Every name of the atlas with its kind: a list of (name, kind), weightiest first."""
    found = []
    for file, kind in (("organisations", "ORG"), ("persons", "PER"), ("countries", "LOC"),
                       ("places", "LOC")):
        for row in rows(f"{folder}/{file}.tsv"):
            for column in ("name", "names", "names_en", "names_id"):
                for name in (row.get(column) or "").split("|"):
                    if len(name.strip()) > 1:
                        found.append((name.strip(), kind))
    return found


def gazetteer(folder):
    """Kind of each name of the atlas that has but one."""
    kinds = {}
    for name, kind in atlas(folder):
        kinds.setdefault(name, set()).add(kind)
    return {name: next(iter(k)) for name, k in kinds.items() if len(k) == 1}


def names(folder, sets):
    """Names as lists of words by (kind, number of words), weightiest first."""
    seen, found = set(), {}
    def put(words, kind):
        key = (tuple(words), kind)
        if key not in seen and words[0][:1].isupper():
            seen.add(key)
            found.setdefault((kind, len(words)), []).append(list(words))
    for name, sentences in sorted(sets.items()):
        if name.startswith("test"):
            continue
        for s in sentences:
            at = None
            for i, label in enumerate(s.get("ner", (0, []))[1]):
                if label and label[0] in "BS":
                    at = i
                if label and label[0] in "ES" and at is not None:
                    put(s["words"][at : i + 1], label[2:])
                    at = None
    for name, kind in atlas(folder):
        put(name.split(), kind)
    return found
