#!/usr/bin/env python3
"""How well exported ratings tell later bad payers from good ones.

usage: scripts/auc.py RATINGS.csv CLIENTS.csv[.gz]

RATINGS.csv is what `bonitas ratings export` writes; CLIENTS has the columns ID and DEFAULT_NEXT_MONTH (as the public
card payment data has). Customers are joined on customer = ID. Prints the area under the curve of the score (higher
is better, so a bad customer should have the lower one; ties count half) and the bad rate of every rating.
"""

import csv
import gzip
import sys
from fractions import Fraction


def rows(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def area_under_curve(scored):
    """The chance that a bad customer scores below a good one: (score, is bad) pairs, by mid-ranks."""
    scored = sorted(scored)
    bad_count = sum(bad for _, bad in scored)
    good_count = len(scored) - bad_count
    if bad_count == 0 or good_count == 0:
        sys.exit("auc.py: both good and bad customers are needed")
    good_rank_sum = Fraction(0)
    start = 0
    while start < len(scored):
        end = start
        while end < len(scored) and scored[end][0] == scored[start][0]:
            end += 1
        good_here = sum(not bad for _, bad in scored[start:end])
        good_rank_sum += good_here * Fraction(start + 1 + end, 2)
        start = end
    return float((good_rank_sum - Fraction(good_count * (good_count + 1), 2)) / (good_count * bad_count))


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    ratings_path, clients_path = arguments
    is_bad = {row["ID"]: row["DEFAULT_NEXT_MONTH"] == "1" for row in rows(clients_path)}
    scored, by_rating, unknown, unscored = [], {}, 0, 0
    for row in rows(ratings_path):
        bad = is_bad.get(row["customer"])
        if bad is None:
            unknown += 1
            continue
        if row["score"] == "":
            unscored += 1
            continue
        scored.append((Fraction(row["score"]), bad))
        by_rating.setdefault(row["rating"], []).append(bad)
    if not scored:
        sys.exit("auc.py: no customer of the ratings is in the clients file")

    print(f"customers  {len(scored)} of {len(is_bad)} joined, {unknown} unknown, {unscored} without a score")
    print(f"bad        {sum(bad for _, bad in scored)} ({sum(bad for _, bad in scored) / len(scored):.1%})")
    print(f"AUC        {area_under_curve(scored):.4f}")
    print("rating  customers    bad  bad rate")
    rates = []
    for rating in sorted(by_rating):
        bads = by_rating[rating]
        rates.append(sum(bads) / len(bads))
        print(f"{rating:<6}  {len(bads):>9}  {sum(bads):>5}  {rates[-1]:>8.1%}")
    rising = all(worse > better for better, worse in zip(rates, rates[1:]))
    print("bad rate rises from each rating to the next worse:", "yes" if rising else "no")


if __name__ == "__main__":
    main(sys.argv[1:])
