#!/usr/bin/env python3
"""Fits the weights of stages/5-group/src/likeness.rs. Needs numpy and scikit-learn.

For each collection: cargo run --release -p rapporteur-group --example pair_likenesses -- ROWS.jsonl > NAME.tsv
then: fit.py [--without=CLUSTER,CLUSTER] NAME.tsv ROWS.jsonl [NAME.tsv ROWS.jsonl ...]
Reports of the clusters left out (labels that gather what has no event of its own) teach nothing and are not scored.

Prints the fit with each collection left out in turn (threshold chosen on the others), then the weights of all together and
B-cubed / pairwise F1 at every threshold. Each collection weighs the same, however many pairs it has.
"""
import collections, json, sys
import numpy as np
from sklearn.linear_model import LogisticRegression


def load(tsv, rows, without=()):
    gold = {r["id"]: r["cluster"] for r in map(json.loads, open(rows, encoding="utf8")) if r["cluster"] not in without}
    ids = sorted(gold)
    place = {name: at for at, name in enumerate(ids)}
    lines = [line.split("\t") for line in open(tsv, encoding="utf8").read().split("\n") if line]
    names, pairs = lines[0][3:], [p for p in lines[1:] if p[0] in gold and p[1] in gold]
    ends = np.array([(place[p[0]], place[p[1]]) for p in pairs])
    same = np.array([int(p[2]) for p in pairs])
    values = np.array([[float(v) for v in p[3:]] for p in pairs])
    return ids, gold, ends, same, values, names


def average_link(n, ends, likeness, threshold):
    near = np.zeros((n, n))
    near[ends[:, 0], ends[:, 1]] = near[ends[:, 1], ends[:, 0]] = likeness
    np.fill_diagonal(near, -9)
    size, members = np.ones(n), {at: [at] for at in range(n)}
    while True:
        one, other = divmod(int(near.argmax()), n)
        if near[one, other] < threshold:
            break
        one, other = min(one, other), max(one, other)
        near[one] = near[:, one] = (near[one] * size[one] + near[other] * size[other]) / (size[one] + size[other])
        near[one, one] = -9
        near[other] = near[:, other] = -9
        size[one] += size[other]
        members[one] += members.pop(other)
    return {at: group for group, ats in members.items() for at in ats}


def score(ids, gold, found):
    right, ours = collections.defaultdict(set), collections.defaultdict(set)
    for at, name in enumerate(ids):
        right[gold[name]].add(at)
        ours[found[at]].add(at)
    share = lambda whole: sum(len(right[gold[n]] & ours[found[a]]) / len(whole(a, n)) for a, n in enumerate(ids)) / len(ids)
    p, r = share(lambda a, n: ours[found[a]]), share(lambda a, n: right[gold[n]])
    pairs = lambda n: n * (n - 1) // 2
    hit = sum(pairs(k) for k in collections.Counter((gold[n], found[a]) for a, n in enumerate(ids)).values())
    return 2 * p * r / (p + r), 2 * hit / (sum(pairs(len(v)) for v in ours.values()) + sum(pairs(len(v)) for v in right.values()))


def fit(sets):
    values, same = np.vstack([s[4] for s in sets]), np.concatenate([s[3] for s in sets])
    weight = np.concatenate([np.full(len(s[3]), 1.0 / len(s[3])) for s in sets])
    return LogisticRegression(max_iter=2000).fit(values, same, sample_weight=weight * len(same) / weight.sum())


def main():
    without = [c for arg in sys.argv if arg.startswith("--without=") for c in arg.split("=")[1].split(",")]
    args = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    sets = [load(tsv, rows, without) for tsv, rows in zip(args[::2], args[1::2])]
    thresholds = np.arange(0.1, 0.7, 0.02)
    table = lambda model, s: [score(s[0], s[1], average_link(len(s[0]), s[2], model.predict_proba(s[4])[:, 1], t)) for t in thresholds]
    for at, left_out in enumerate(sets if len(sets) > 1 else []):
        rest = sets[:at] + sets[at + 1:]
        model = fit(rest)
        best = int(np.mean([[row[0] for row in table(model, s)] for s in rest], axis=0).argmax())
        print(f"left out {args[2 * at]}: threshold {thresholds[best]:.2f}, B-cubed and pairwise F1 %.3f %.3f" % table(model, left_out)[best])
    model = fit(sets)
    print(dict(zip(sets[0][5], model.coef_[0].round(2))), "constant", model.intercept_.round(2))
    for at, rows in enumerate(zip(*[table(model, s) for s in sets])):
        print(f"{thresholds[at]:.2f}", " ".join("%.3f/%.3f" % row for row in rows), "mean %.4f" % np.mean([row[0] for row in rows]))


main()
