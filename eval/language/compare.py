"""Counts the differences between two outputs of the format of spacy_reference.py.

    python eval/language/compare.py reference.jsonl ours.jsonl

Texts that were cut into other tokens count every token of the reference as different.
"""

import json
import sys
from collections import Counter

FIELDS = "start end tag pos lemma head dep entity morph norm space_after".split()


def main():
    n_texts = n_tokens = n_different = n_texts_different = 0
    by_field = Counter()
    with open(sys.argv[1], encoding="utf-8") as wanted, open(sys.argv[2], encoding="utf-8") as found:
        for want, have in zip(wanted, found):
            n_texts += 1
            if want == have:
                n_tokens += want.count("],[") and len(json.loads(want)["tokens"])
                continue
            want, have = json.loads(want), json.loads(have)
            n_tokens += len(want["tokens"])
            if want == have:
                continue
            n_texts_different += 1
            a, b = want["tokens"], have["tokens"]
            if [t[:2] for t in a] != [t[:2] for t in b]:
                n_different += len(a)
                by_field["bounds"] += len(a)
                first = next((i for i, (x, y) in enumerate(zip(a, b)) if x[:2] != y[:2]), min(len(a), len(b)))
                if n_texts_different <= 10:
                    print("bounds differ", want["id"], a[first:first + 3], b[first:first + 3])
                continue
            for i, (x, y) in enumerate(zip(a, b)):
                if x != y:
                    n_different += 1
                    by_field.update(name for name, p, q in zip(FIELDS, x, y) if p != q)
                    if n_different <= 10:
                        print("token differs", want["id"], i, x, y)
            for layer in ("sentences", "entities", "noun_chunks"):
                if want[layer] != have[layer]:
                    by_field[layer] += 1
    print(f"{n_texts} texts, {n_tokens} tokens: {n_different} tokens differ, in {n_texts_different} texts", dict(by_field))
    sys.exit(n_different > 0 or n_texts_different > 0)


if __name__ == "__main__":
    main()
