#!/usr/bin/env python3
"""MinHash LSH on the planted lineages, at each threshold. Needs datasketch and numpy.

rapporteur-eval lineage-rows | minhash.py            (the tenth; `lineage-rows full` for all)

Prints precision, recall and F1 of pairs at each Jaccard threshold over five-word shingles, and reports per CPU-second.
Pairs count as in the task `lineages`: pairs of one article's children and pairs of articles count neither way.
"""
import json, sys, time
from datasketch import MinHash, MinHashLSH

rows = [json.loads(line) for line in sys.stdin]
gold, rows = rows[-1], rows[:-1]
planted = {tuple(sorted(it)) for it in gold["planted"]}
natural = {tuple(it) for it in gold["natural"]}
root = [it["root"] for it in rows]


def neutral(a, b):
    one, other = root[a], root[b]
    if one == a and other == b:
        return True
    return one is not None and other is not None and (one == other or tuple(sorted((one, other))) in natural)


start = time.process_time()
hashes = []
for row in rows:
    words = "".join(c if c.isalnum() else " " for c in row["text"].lower()).split()
    it = MinHash(num_perm=128)
    it.update_batch([" ".join(words[at:at + 5]).encode() for at in range(max(1, len(words) - 4))])
    hashes.append(it)
hashed = time.process_time() - start
best = (0.0,)
for threshold in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7):
    start = time.process_time()
    index, found = MinHashLSH(threshold=threshold, num_perm=128), set()
    for at, it in enumerate(hashes):
        # The index answers with more than the threshold allows; the estimate decides.
        for other in index.query(it):
            if it.jaccard(hashes[other]) >= threshold:
                found.add((other, at))
        index.insert(at, it)
    seconds = hashed + time.process_time() - start
    hit = len(found & planted)
    said = hit + sum(1 for it in found - planted if not neutral(*it))
    p, r = hit / max(said, 1), hit / max(len(planted), 1)
    f = 2 * p * r / (p + r) if p + r else 0.0
    best = max(best, (f, threshold))
    print(f"{threshold:.2f}  P {p:.4f}  R {r:.4f}  F1 {f:.4f}  {len(rows) / seconds:.0f} reports/CPU-s")
print(f"best F1 {best[0]:.4f} at {best[1]}")
