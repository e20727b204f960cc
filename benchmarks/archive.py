"""Archives to build: invented ones of any size, the same for the same seed, and a real one where it lies at hand."""

from __future__ import annotations

import random
import re
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "corpus" / "azure.tar.xz"
AZURE = "azure"
START = datetime(2018, 1, 1, 6, tzinfo=UTC)
# A larger archive begins earlier: what is dated ahead of the clock is in no list, and comes into one while we measure.
END = datetime(2025, 12, 31, tzinfo=UTC)
ITEMS_A_DAY = 50
RELATED_LIMIT = 5
TOPIC_COUNT = 24
PROVIDER_COUNT = 400
VOCABULARY = 3_000
SENTENCES = 5_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Facts:
    """What an archive holds, counted without any of the programs that are compared.

    Attributes:
        providers: Stem of an item's file → the domain of its provider.
    """

    items: int
    topics: int
    providers: dict[str, str]
    size: int

    @property
    def provider_count(self) -> int:
        """How many providers have an item."""
        return len(set(self.providers.values()))


def count_of(name: str) -> int:
    """Return how many items a set such as ``10k`` has; 0 for the real archive."""
    if name == AZURE:
        return 0
    match = re.fullmatch(r"(\d+)(k?)", name)
    if not match:
        raise ValueError(name)
    return int(match[1]) * (1_000 if match[2] else 1)


def write_archive(name: str, folder: Path, *, seed: int) -> None:
    """Write the set *name* into *folder*, which is new."""
    folder.mkdir(parents=True)
    if name == AZURE:
        _unpack(folder)
        return
    for stem, text in Inventor(seed).items(count_of(name)):
        (folder / f"{stem}.md").write_text(text, encoding="utf-8")


def facts_of(folder: Path) -> Facts:
    """Read the head of every file in *folder* with PyYAML and return what there is."""
    topics: set[str] = set()
    providers: dict[str, str] = {}
    size = 0
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        size += len(text.encode())
        head = re.split(r"\n(?:related:|---)", text.split("---", 1)[1], maxsplit=1)[0]
        values = yaml.load(head, _Loader)  # noqa: S506 - the safe loader, in C where there is one
        topics.update(values.get("topics") or ())
        providers[path.stem] = values["provider"]["domain"]
    return Facts(len(providers), len(topics), providers, size)


def _unpack(folder: Path) -> None:
    """Write the real archive's items, all of them published: the other programs know no other status."""
    rest = folder.with_name(folder.name + ".unpacked")
    with tarfile.open(REAL) as archive:
        archive.extractall(rest, filter="data")
    for path in (rest / "_news").glob("*.md"):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read().replace("\r\n", "\n")
        text = re.sub(r"^removed: .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^published: .*$", "published: true", text, flags=re.MULTILINE)
        (folder / path.name).write_text(text, encoding="utf-8")
    shutil.rmtree(rest)


@dataclass(frozen=True)
class Draft:
    """What other items may say about an item."""

    stem: str
    title: str
    excerpt: str
    url: str
    date: str
    provider: tuple[str, str]
    quality: int
    story: int


class Inventor:
    """Invents a news archive of fifty items a day, so that a larger one is a longer one.

    Items come in stories of one to a dozen reports; a report names up to five others of its story or of sites that
    are not in the archive, as an aggregator's files do. Topics and providers are used unevenly.

    Args:
        seed: Equal seeds, equal archives.
    """

    def __init__(self, seed: int) -> None:
        self._start = START
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._words = self._distinct(VOCABULARY, self._word)
        self._topics = self._distinct(TOPIC_COUNT, lambda: self._word().capitalize())
        names = self._distinct(PROVIDER_COUNT, self._word)
        self._providers = [(f"{name.capitalize()} Post", f"{name}.example") for name in names]
        self._provider_weights = [1 / (rank + 3) for rank in range(PROVIDER_COUNT)]
        self._topic_weights = [1 / (rank + 2) for rank in range(TOPIC_COUNT)]
        self._sentences = [self._sentence() for _ in range(SENTENCES)]

    def items(self, count: int) -> list[tuple[str, str]]:
        """Return stem and text of *count* items, oldest first."""
        self._start = min(START, END - timedelta(days=count / ITEMS_A_DAY))
        open_stories: list[int] = []
        stories: list[list[int]] = []
        drafts: list[Draft] = []
        for number in range(count):
            if not open_stories or self._chance.random() < 0.45:  # noqa: PLR2004 - two reports a story, a few a dozen
                open_stories = [*open_stories[-12:], len(stories)]
                stories.append([])
            story = self._chance.choice(open_stories)
            stories[story].append(number)
            drafts.append(self._draft(number, story))
        return [(draft.stem, self._text(draft, stories[draft.story], drafts)) for draft in drafts]

    def _distinct(self, count: int, invent: Callable[[], str]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[invent()] = None
        return list(found)

    def _word(self) -> str:
        pairs = self._chance.randint(2, 4)
        return "".join(self._chance.choice("bdfgklmnprstvz") + self._chance.choice("aeiou") for _ in range(pairs))

    def _sentence(self) -> str:
        words = self._chance.choices(self._words, k=self._chance.randint(8, 22))
        return f"{' '.join(words).capitalize()}."

    def _draft(self, number: int, story: int) -> Draft:
        draw = self._chance
        title = " ".join(draw.choices(self._words, k=draw.randint(6, 11))).capitalize()
        date = self._start + timedelta(seconds=86_400 * number / ITEMS_A_DAY + draw.randrange(1_500))
        name, domain = draw.choices(self._providers, self._provider_weights)[0]
        slug = f"{title.lower().replace(' ', '-')[:60].strip('-')}-{number:06}"
        return Draft(
            stem=f"{date:%Y-%m-%d}-{slug}",
            title=title,
            excerpt=" ".join(draw.choices(self._sentences, k=2)),
            url=f"https://{domain}/{date:%Y/%m}/{slug}/",
            date=f"{date:%Y-%m-%dT%H:%M:%SZ}",
            provider=(name, domain),
            quality=draw.randint(20, 120),
            story=story,
        )

    def _text(self, draft: Draft, story: list[int], drafts: list[Draft]) -> str:
        draw = self._chance
        others = [drafts[number] for number in story if drafts[number] is not draft]
        related = draw.sample(others, min(len(others), RELATED_LIMIT - 1))
        if draw.random() < 0.8:  # noqa: PLR2004 - most items name a report elsewhere
            related.append(self._foreign(draft))
        topics = dict.fromkeys(draw.choices(self._topics, self._topic_weights, k=draw.randint(1, 4)))
        lines = [
            "---",
            "category: news",
            f'title: "{draft.title}"',
            f'excerpt: "{draft.excerpt}"',
            f"publishedDateTime: {draft.date}",
            f'webUrl: "{draft.url}"',
            "type: article",
            f"quality: {draft.quality}",
            f"heat: {draw.choice([-1, draw.randint(20, 900)])}",
            "published: true",
            "",
            *_provider(draft.provider, indent=""),
            "",
            "topics:",
            *(f"  - {topic}" for topic in topics),
            "",
            *self._images(draft, indent=""),
        ]
        if related:
            lines += ["", "related:"]
        for other in related:
            lines += [
                f'  - title: "{other.title}"',
                f'    excerpt: "{other.excerpt}"',
                f"    publishedDateTime: {other.date}",
                f'    webUrl: "{other.url}"',
                "    type: article",
                f"    quality: {other.quality}",
                *_provider(other.provider, indent="    "),
            ]
        return "\n".join([*lines, "---", ""])

    def _foreign(self, draft: Draft) -> Draft:
        name, domain = self._chance.choice(self._providers)
        url = f"https://{domain}/elsewhere/{draft.stem}/"
        return Draft(
            "", draft.title[::-1].capitalize(), draft.excerpt, url, draft.date, (name, domain), 50, draft.story
        )

    def _images(self, draft: Draft, *, indent: str) -> list[str]:
        if self._chance.random() < 0.3:  # noqa: PLR2004 - not every item has a picture
            return []
        address = f"https://pictures.{draft.provider[1]}/{draft.stem}.jpg"
        return [
            f"{indent}images:",
            f'{indent}  - url: "{address}"',
            f"{indent}    width: 1024",
            f"{indent}    height: 630",
        ]


def _provider(provider: tuple[str, str], *, indent: str) -> list[str]:
    name, domain = provider
    return [f"{indent}provider:", f"{indent}  name: {name}", f"{indent}  domain: {domain}"]
