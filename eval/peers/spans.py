"""Spans of actors and places in RE3D by spaCy, measured as `eval/src/tasks/actors.rs` measures ours.

    python eval/peers/spans.py re3d.jsonl [model]

The mapping that is best for it: PERSON, ORG, GPE, LOC, FAC and NORP are the corpus's Person, Organisation, Location and
Nationality; spans as it gives them (without their article they score less). `names` asks for marked spans with a
capitalised word that is no pronoun and no mere article, which is all that it looks for.
"""

import json
import sys

import spacy

LABELS = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}
TYPES = {"Person", "Organisation", "Location", "Nationality"}
SMALL = {"i", "we", "you", "he", "she", "it", "they", "our", "his", "her", "its", "their", "the", "a", "an", "this",
         "that", "these", "those", "some", "many", "one", "another", "my", "all", "both", "me", "us", "him", "them"}


def is_name(words):
    """A capitalised word, the first not counted when it is a small word that opens a sentence."""
    words = words.split()
    return any(it[:1].isupper() and (ix > 0 or it.lower() not in SMALL) for ix, it in enumerate(words))


def measure(gold, found):
    """Precision, recall and F1, exact and by overlap; a found span answers for one marked span."""
    exact = overlap = 0
    for marked, spans in zip(gold, found):
        exact += len(set(marked) & set(spans))
        used = set()
        for at in marked:
            free = [it for it in spans if it not in used]
            same = [it for it in free if it == at] or [it for it in free if it[0] < at[1] and at[0] < it[1]]
            if same:
                used.add(same[0])
                overlap += 1
    n_gold, n_found = sum(map(len, gold)), sum(map(len, found))
    return {
        name: [round(hit / n_found, 3), round(hit / n_gold, 3), round(2 * hit / (n_found + n_gold), 3)]
        for name, hit in (("exact", exact), ("overlap", overlap))
    }


def main():
    nlp = spacy.load(sys.argv[2] if len(sys.argv) > 2 else "en_core_web_sm")
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    gold = [sorted({(it["begin"], it["end"]) for it in row["entities"] if it["type"] in TYPES}) for row in rows]
    names = [[at for at in marked if is_name(row["text"][at[0]:at[1]])] for row, marked in zip(rows, gold)]
    found = [
        sorted({(it.start_char, it.end_char) for it in nlp(row["text"]).ents if it.label_ in LABELS}) for row in rows
    ]
    print(json.dumps({"name": nlp.meta["name"], "version": nlp.meta["version"], "spacy": spacy.__version__}))
    print(json.dumps({"all": measure(gold, found), "names": measure(names, found)}))


if __name__ == "__main__":
    main()
