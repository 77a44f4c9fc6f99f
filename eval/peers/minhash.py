#!/usr/bin/env python3
"""MinHash programs beside our relating, each at many thresholds. `cargo xtask peers minhash` installs them.

rapporteur-eval lineage-rows | minhash.py          planted lineages (the tenth; `lineage-rows full` for all)
rapporteur-eval copy-rows | minhash.py             pairs labelled by reading
rapporteur-bench relate-rows 10000 | minhash.py --speed    reports per CPU-second, one thread, candidates checked exactly

Prints precision, recall and F1 of pairs by threshold of Jaccard over five-word shingles. Planted pairs count as in the task
`lineages`: pairs of one article's children and pairs of articles count neither way; of the labelled collection only labelled
pairs count.
"""
import json, sys, time
import gaoya.minhash, rensa
from datasketch import MinHash, MinHashLSH

PERM = 128
rows = [json.loads(line) for line in sys.stdin]
gold, rows = rows[-1], rows[:-1]


def shingles(text):
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return [" ".join(words[at:at + 5]) for at in range(max(1, len(words) - 4))]


def jaccard(one, other):
    return len(one & other) / max(1, len(one | other))


def datasketch(threshold):
    index, hashes, found = MinHashLSH(threshold=threshold, num_perm=PERM), [], set()
    for at, row in enumerate(rows):
        it = MinHash(num_perm=PERM)
        it.update_batch([s.encode() for s in shingles(row["text"])])
        # The index answers with more than the threshold allows; the estimate decides.
        found.update((other, at) for other in index.query(it) if it.jaccard(hashes[other]) >= threshold)
        index.insert(at, it)
        hashes.append(it)
    return found


def bands(threshold):
    """The number of bands of 128 hashes whose S-curve rises at or just below the threshold."""
    fits = [n for n in (4, 8, 16, 32, 64, 128) if (1 / n) ** (n / PERM) <= threshold]
    return min(fits, default=128)


def with_rensa(threshold):
    """Candidates of rensa's index, checked by the exact Jaccard of the shingle sets."""
    index = rensa.RMinHashLSH(threshold=threshold, num_perm=PERM, num_bands=bands(threshold))
    sets, found = [], set()
    for at, row in enumerate(rows):
        words = shingles(row["text"])
        it = rensa.RMinHash(num_perm=PERM, seed=42)
        it.update(words)
        sets.append(frozenset(words))
        found.update((other, at) for other in index.query(it) if jaccard(sets[other], sets[at]) >= threshold)
        index.insert(at, it)
    return found


def with_gaoya(threshold):
    n = bands(threshold)
    index = gaoya.minhash.MinHashStringIndex(32, threshold, n, PERM // n, None, "word", True, (5, 5))
    found = set()
    for at, row in enumerate(rows):
        found.update((other, at) for other in index.query(row["text"]) if other != at)
        index.insert_document(at, row["text"])
    return found


PEERS = {"datasketch": datasketch, "rensa + exact": with_rensa, "gaoya": with_gaoya}


def scores(found):
    if "copies" in gold:
        copies, others = ({tuple(it) for it in gold[name]} for name in ("copies", "none"))
        hit = len(found & copies)
        return hit, hit + len(found & others), len(copies)
    planted = {tuple(sorted(it)) for it in gold["planted"]}
    natural, root = {tuple(it) for it in gold["natural"]}, [it["root"] for it in rows]

    def neutral(a, b):
        one, other = root[a], root[b]
        if one == a and other == b:
            return True
        return one is not None and other is not None and (one == other or tuple(sorted((one, other))) in natural)

    hit = len(found & planted)
    return hit, hit + sum(1 for it in found - planted if not neutral(*it)), len(planted)


if "--speed" in sys.argv:
    for name, peer in PEERS.items():
        start = time.process_time()
        found = peer(0.5)
        seconds = time.process_time() - start
        print(f"{name:14} {len(rows) / seconds:8.0f} reports/CPU-s  {len(found)} pairs at 0.5")
    sys.exit()
for name, peer in PEERS.items():
    best = (-1.0,)
    for threshold in (0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7):
        hit, said, n = scores(peer(threshold))
        p, r = hit / max(said, 1), hit / max(n, 1)
        f = 2 * p * r / (p + r) if p + r else 0.0
        best = max(best, (f, threshold, p, r))
    print(f"{name:14} best F1 {best[0]:.3f} at {best[1]}: P {best[2]:.3f} R {best[3]:.3f}")
