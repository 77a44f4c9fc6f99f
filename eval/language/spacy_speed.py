"""How fast spaCy runs the same model on the same texts, in words per CPU-second.

    OPENBLAS_NUM_THREADS=1 python eval/language/spacy_speed.py MODEL_FOLDER texts.jsonl [best|default]

`best` pins the linear algebra to one thread and feeds texts through nlp.pipe(batch_size=32); `default` calls
nlp(text) text by text, as most programs do. Words are what white space separates. CPU time is of the whole
process, after loading and one warm-up text.
"""

import json
import os
import resource
import sys
import time

MODE = sys.argv[3] if len(sys.argv) > 3 else "best"
if MODE == "best":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"

import spacy  # noqa: E402


def main():
    with open(sys.argv[2], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    n_words = sum(len(text.split()) for text in texts)
    started = time.perf_counter()
    nlp = spacy.load(sys.argv[1])
    loading = time.perf_counter() - started
    nlp.max_length = 1 << 40
    nlp(texts[0])
    cpu, wall = time.process_time(), time.perf_counter()
    if MODE == "best":
        n_tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    else:
        n_tokens = sum(len(nlp(text)) for text in texts)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"loading: {loading:.3f} s")
    print(f"spaCy {spacy.__version__}, {MODE}: {n_words} words, {n_tokens} tokens, {n_words / cpu:.0f} words/CPU-s, "
          f"{n_words / wall:.0f} words/s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
