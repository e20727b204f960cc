"""Fit the table that says which items report one story, and measure it, on labelled items.

    python -m pip install scikit-learn
    python tools/fit_stories.py --gold week-0.jsonl week-1.jsonl            # measures; writes nothing
    python tools/fit_stories.py --gold week-0.jsonl week-1.jsonl --write    # also writes newsdesk/stories/weights.py

A labelled file has one JSON object a line: `id`, `title`, `excerpt`, `published`, `cluster` (the story, with the name
of the collection it comes from before a `/`), and perhaps `url`.

The model is a logistic regression over the likenesses of two reports (`newsdesk/stories/likeness.py`): eleven numbers
that can be read. It is measured twice on stories that it was not fitted to: on each quarter of the stories, and on each
collection, fitted to all others.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pelican.plugins.news_digest.newsdesk.stories import weights
from pelican.plugins.news_digest.newsdesk.stories.grouping import LEAST, LIMITS
from pelican.plugins.news_digest.newsdesk.stories.likeness import evidence
from pelican.plugins.news_digest.newsdesk.stories.linkage import Edge, groups_of
from pelican.plugins.news_digest.newsdesk.stories.reports import Source, Vocabulary
from pelican.plugins.news_digest.newsdesk.stories.window import SECONDS_PER_DAY, pairs_of

Row = dict[str, Any]
# What digests hold beside whole items: headlines alone, short excerpts, few items, addresses that say something.
VARIANTS = ("as it is", "headlines", "half without excerpt", "short excerpts", "few stories", "addresses")
FOLDS = 4
THRESHOLDS = (0.50, 0.55, 0.60, 0.65, 0.70)
# What is asked of stories that nothing was fitted to, with a hundredth to spare.
PRECISION = 0.96
FEW = 0.15


class Labelled(NamedTuple):
    """Items in the order of time, the pairs of them that were compared, and what these share."""

    sources: list[Source]
    stories: list[str]
    pairs: list[tuple[int, int]]
    evidence: np.ndarray
    is_same: np.ndarray


class Score(NamedTuple):
    """B-cubed precision, recall and F1 of all items, and F1 of those in stories of two or more."""

    precision: float
    recall: float
    f1: float
    f1_of_several: float

    def __str__(self) -> str:
        """Return one row of the table."""
        return " | ".join(f"{value:.3f}" for value in self)


def read(path: Path) -> list[Row]:
    """Return the rows of a labelled file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def varied(rows: list[Row], variant: str, *, seed: int = 0) -> list[Row]:
    """Return *rows* as a digest of another kind would have them."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, and no secret
    stories = sorted({row["cluster"] for row in rows})
    kept = set(chance.sample(stories, int(len(stories) * FEW))) if variant == "few stories" else set(stories)
    found = []
    for row in rows:
        if row["cluster"] not in kept:
            continue
        excerpt, url = row.get("excerpt") or "", ""
        if variant == "headlines" or (variant == "half without excerpt" and chance.random() < 1 / 2):
            excerpt = ""
        elif variant == "short excerpts":
            excerpt = " ".join(excerpt.split()[: chance.randrange(8, 30)])
        elif variant == "addresses":
            url = row.get("url") or ""
        found.append({**row, "excerpt": excerpt, "url": url})
    return found


def labelled(rows: list[Row]) -> Labelled:
    """Return *rows* with all pairs that the newsdesk would compare."""
    sources = sorted((source_of(row) for row in rows), key=lambda source: (source.second, source.key))
    story_of = {row["id"]: row["cluster"] for row in rows}
    stories = [story_of[source.key] for source in sources]
    vocabulary = Vocabulary()
    days: dict[int, list[Any]] = collections.defaultdict(list)
    for source in sources:
        days[source.second // SECONDS_PER_DAY].append(vocabulary.report(source))
    place = {source.key: index for index, source in enumerate(sources)}
    pairs, found = [], []
    for pair in pairs_of(days, frozenset(days)):
        pairs.append((place[pair.one.key], place[pair.other.key]))
        found.append(evidence(pair.one, pair.other))
    is_same = np.array([stories[one] == stories[other] for one, other in pairs])
    return Labelled(sources, stories, pairs, np.array(found), is_same)


def source_of(row: Row) -> Source:
    """Return what is compared of a row; one without a readable date is of 1970."""
    try:
        when = datetime.fromisoformat(row.get("published") or "").replace(tzinfo=UTC)
    except ValueError:
        when = datetime(1970, 1, 1, tzinfo=UTC)
    return Source(
        key=row["id"],
        second=int(when.timestamp()),
        title=row["title"] or "",
        excerpt=row.get("excerpt") or "",
        lang="en",
        url=row.get("url") or "",
    )


def fitted(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[float, np.ndarray]:
    """Return bias and weights that tell the pairs of one story best."""
    values, is_same = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=0.3, max_iter=3000).fit(scaler.transform(values), is_same)
    found = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - found @ scaler.mean_), found


def grouped(data: Labelled, bias: float, table: np.ndarray, threshold: float) -> list[int]:
    """Return the group of each item."""
    likeness = weights.CERTAIN / (1 + np.exp(-(bias + data.evidence @ table)))
    edges = (
        Edge(*pair, round(value)) for pair, value in zip(data.pairs, likeness, strict=True) if round(value) >= LEAST
    )
    limits = LIMITS._replace(threshold=round(threshold * weights.CERTAIN))
    found = list(range(len(data.sources)))
    seconds = [source.second for source in data.sources]
    for group in groups_of(seconds, edges, given=[""] * len(found), limits=limits):
        for place in group:
            found[place] = group[0]
    return found


def rows_of(stories: list[str], groups: list[int]) -> list[tuple[float, float, bool]]:
    """Return precision and recall of each item, and whether its story has several reports."""
    both = collections.Counter(zip(stories, groups, strict=True))
    of_story, of_group = collections.Counter(stories), collections.Counter(groups)
    return [
        (both[s, g] / of_group[g], both[s, g] / of_story[s], of_story[s] > 1)
        for s, g in zip(stories, groups, strict=True)
    ]


def score(rows: list[tuple[float, float, bool]]) -> Score:
    """Return the mean of what :func:`rows_of` says."""

    def means(chosen: list[tuple[float, float, bool]]) -> tuple[float, float, float]:
        precision, recall = (sum(row[i] for row in chosen) / max(1, len(chosen)) for i in (0, 1))
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    return Score(*means(rows), means([row for row in rows if row[2]])[2])


def collection(story: str) -> str:
    """Return the collection that a story comes from: those of ``gva:3`` are ``gva``."""
    return story.partition("/")[0].partition(":")[0]


def quarter(story: str) -> str:
    """Return one of four parts; stories of one topic of ECB+ are of one part, whose two stories are nearly the same."""
    name = story.removesuffix("ecb").removesuffix("ecbplus").removesuffix("ecb")
    return str(hashlib.sha256(name.encode()).digest()[0] % FOLDS)


def held_out(files: list[dict[str, Labelled]], part_of: Any) -> dict[float, Score]:  # noqa: ANN401 - a function
    """Return the scores of items that nothing was fitted to, by threshold: each part by a table made without it."""
    rows: dict[float, list[tuple[float, float, bool]]] = collections.defaultdict(list)
    for part in sorted({part_of(story) for file in files for data in file.values() for story in data.stories}):
        chosen = []
        for data in (data for file in files for data in file.values()):
            is_out = np.array([part_of(story) == part for story in data.stories])
            kept = [not is_out[one] and not is_out[other] for one, other in data.pairs]
            chosen.append((data.evidence[kept], data.is_same[kept]))
        bias, table = fitted(chosen)
        for data in (file["as it is"] for file in files):
            for threshold in THRESHOLDS:
                found = rows_of(data.stories, grouped(data, bias, table, threshold))
                rows[threshold] += [
                    row for row, story in zip(found, data.stories, strict=True) if part_of(story) == part
                ]
    return {threshold: score(rows[threshold]) for threshold in THRESHOLDS}


def baselines(rows: list[Row]) -> dict[str, Score]:
    """Return how well simple ways group *rows*; the last at the threshold that is best for it."""
    stories = [row["cluster"] for row in rows]
    titles = {title: number for number, title in enumerate(sorted({row["title"].casefold() for row in rows}))}
    texts = [f"{row['title']} {row.get('excerpt') or ''}" for row in rows]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    distances = np.clip(1 - (vectors @ vectors.T).toarray(), 0, 2)
    tried = []
    for cut in (0.70, 0.75, 0.80, 0.82, 0.84, 0.86, 0.88, 0.90):
        model = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=cut
        ).fit(distances)
        tried.append(score(rows_of(stories, [int(label) for label in model.labels_])))
    return {
        "each alone": score(rows_of(stories, list(range(len(rows))))),
        "same headline": score(rows_of(stories, [titles[row["title"].casefold()] for row in rows])),
        "tf-idf, average linkage": max(tried, key=lambda found: found.f1),
    }


def written(bias: float, table: np.ndarray, threshold: float) -> str:
    """Return the text of the module of weights."""
    names = list(weights.WEIGHTS)
    lines = "".join(f'    "{name}": {value:.4f},\n' for name, value in zip(names, table, strict=True))
    return f'''"""How much each likeness of two reports counts: a table, written by ``tools/fit_stories.py``."""

from typing import Final

# Likenesses are whole numbers up to this one.
CERTAIN: Final = {weights.CERTAIN:_}
# Groups are joined while the average likeness of their reports is above this.
THRESHOLD: Final = {round(threshold * weights.CERTAIN):_}
# A picture that few reports have, on top of the table: set by hand, for no labelled data has pictures.
SAME_PICTURE: Final = {weights.SAME_PICTURE}
BIAS: Final = {bias:.4f}
# In the order of likeness.evidence(), which docs/explanation/stories-grouping.md explains.
WEIGHTS: Final = {{
{lines}}}
'''


def main() -> int:
    """Measure, and write the table if asked to."""
    parser = argparse.ArgumentParser(description="Fit and measure the table of weights on labelled items.")
    parser.add_argument("--gold", nargs="+", type=Path, required=True, help="labelled files")
    parser.add_argument("--measure", nargs="*", type=Path, default=[], help="labelled files to measure only")
    parser.add_argument("--write", action="store_true", help="write newsdesk/stories/weights.py")
    args = parser.parse_args()
    rows = {path.stem: read(path) for path in args.gold}
    files = [{variant: labelled(varied(found, variant)) for variant in VARIANTS} for found in rows.values()]
    quarters, collections_ = held_out(files, quarter), held_out(files, collection)
    print(
        "| threshold | held-out stories: P | R | F1 | F1 of several | left-out collection: P | R | F1 | F1 of several |"
    )
    for threshold in THRESHOLDS:
        print(f"| {threshold:.2f} | {quarters[threshold]} | {collections_[threshold]} |")
    good = [t for t in THRESHOLDS if min(quarters[t].precision, collections_[t].precision) >= PRECISION]
    threshold = good[0] if good else THRESHOLDS[-1]
    bias, table = fitted([(data.evidence, data.is_same) for file in files for data in file.values()])
    print(f"\nthreshold {threshold}\n\n| file | way | P | R | F1 | F1 of several |")
    for name, found in (rows | {path.stem: read(path) for path in args.measure}).items():
        data = labelled(varied(found, VARIANTS[0]))
        ways = baselines(found)
        ways["ours"] = score(rows_of(data.stories, grouped(data, bias, table, threshold)))
        for way, measured in ways.items():
            print(f"| {name} | {way} | {measured} |")
    if args.write:
        Path(weights.__file__).write_text(written(bias, table, threshold), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
