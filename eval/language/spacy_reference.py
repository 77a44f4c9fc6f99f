"""What spaCy says: one JSON line for every text, to be compared with this project's own pipeline.

    python eval/language/spacy_reference.py MODEL_FOLDER < texts.jsonl > reference.jsonl

Each input line is {"id": ..., "text": ...}. Each output line holds `tokens` as
[start, end, tag, pos, lemma, head, dep, entity, morph, norm, space_after], offsets in code points and
`head` as a token index, then `sentences`, `entities` and `noun_chunks` as token ranges.

    python eval/language/spacy_reference.py MODEL_FOLDER --parity crates/language/tests-data/parity.txt \
        > crates/language/tests-data/parity.expected.jsonl

makes the expected output of the crate's parity test: the texts of that file, in the same format.
"""

import json
import sys

import spacy


def rows(doc):
    for token in doc:
        entity = token.ent_iob_ if token.ent_iob_ == "O" else f"{token.ent_iob_}-{token.ent_type_}"
        yield [
            token.idx, token.idx + len(token.text), token.tag_, token.pos_, token.lemma_, token.head.i,
            token.dep_, entity, str(token.morph), token.norm_, int(bool(token.whitespace_)),
        ]


def record(key, doc):
    return {
        "id": key,
        "tokens": list(rows(doc)),
        "sentences": [[s.start, s.end] for s in doc.sents],
        "entities": [[e.start, e.end, e.label_] for e in doc.ents],
        # spaCy finds no parse in an empty text and refuses to look for phrases.
        "noun_chunks": [[c.start, c.end] for c in doc.noun_chunks] if len(doc) else [],
    }


def parity_texts(path):
    with open(path, encoding="utf-8", newline="") as file:
        for number, text in enumerate(file.read().removesuffix("\n").split("\n%%%%\n"), 1):
            yield number, text


def jsonl_texts(lines):
    for line in lines:
        item = json.loads(line)
        yield item.get("id"), item["text"]


def main():
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    nlp = spacy.load(sys.argv[1])
    nlp.max_length = 1 << 40
    texts = parity_texts(sys.argv[3]) if sys.argv[2:3] == ["--parity"] else jsonl_texts(sys.stdin)
    for key, text in texts:
        print(json.dumps(record(key, nlp(text)), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
