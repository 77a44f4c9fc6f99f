"""What spaCy says: one JSON line for every text, to be compared with this project's own pipeline.

    python eval/language/spacy_reference.py MODEL_FOLDER < texts.jsonl > reference.jsonl

Each input line is {"id": ..., "text": ...}. Each output line holds `tokens` as
[start, end, tag, pos, lemma, head, dep, entity, morph, norm, space_after], offsets in code points and
`head` as a token index, then `sentences`, `entities` and `noun_chunks` as token ranges.
With --tsv it writes the compact form that the crate's parity test reads (see crates/language/tests/parity.rs);
the input is then plain text, every line a document, blank lines and lines that begin with "# " left out.
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
        "noun_chunks": [[c.start, c.end] for c in doc.noun_chunks],
    }


def main():
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    nlp = spacy.load(sys.argv[1])
    nlp.max_length = 1 << 40
    if "--tsv" in sys.argv:
        for line in sys.stdin:
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("# "):
                continue
            print("#" + json.dumps(line, ensure_ascii=False))
            for row in rows(nlp(line)):
                lemma_norm = [json.dumps(row[i], ensure_ascii=False)[1:-1] for i in (4, 9)]
                fields = row[:4] + [lemma_norm[0]] + row[5:9] + [lemma_norm[1], row[10]]
                print("\t".join(map(str, fields)))
        return
    for line in sys.stdin:
        item = json.loads(line)
        print(json.dumps(record(item.get("id"), nlp(item["text"])), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
