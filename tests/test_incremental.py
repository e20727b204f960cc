"""After any sequence of changes, what is built on top of the last build equals what is built anew, byte for byte."""

from __future__ import annotations

import random
import shutil
import sys
import tarfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from pelican.settings import read_settings
from PIL import Image

from pelican import Pelican
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.frontmatter.edit import edit_front_matter
from pelican.plugins.news_digest.host import rebuilding
from pelican.plugins.news_digest.host.build import CACHE_FOLDER, MEMORY_KEY, TAR_KEY, Memory
from pelican.plugins.news_digest.output.search.program import find_pagefind
from tests.builders import front_matter
from tests.conftest import ROOT, Site

TOPICS = ["Harbour", "harbour", "Trams", "Music", "Écoles"]
# Two fold to one, and two may be names of files.
STORIES = ["bridge", "Bridge", "tram", "item-1", "new-3"]
TAR = "site.tar"
PAGE = '{% include "part.html" %}{{ view }}{{ site.name }}{{ root }}\n'


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return a theme whose pages print their whole view: whatever a view holds can be seen in the output."""
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme" / "static", theme / "static")
    for template in (ROOT / "theme" / "templates").rglob("*"):
        copy = theme / template.relative_to(ROOT / "theme")
        if template.is_dir():
            copy.mkdir(parents=True)
        elif template.parent.name == "mail":
            copy.write_text('{% include "part.html" %}{{ view }}\n')
        elif template.parent.name == "templates":
            copy.write_text(PAGE)
    (theme / "templates" / "part.html").write_text("part")
    (theme / "templates" / "mine.html").write_text(PAGE)
    return theme


class Hand:
    """Changes a site as its owner might, drawing from one source of chance."""

    def __init__(self, site: Site, theme: Path, seed: int) -> None:
        self.site, self.theme, self.chance = site, theme, random.Random(seed)  # noqa: S311 - a test's own dice
        self.settings: dict[str, object] = {"DIGEST_PAGE_SIZE": 3, "THEME": str(theme)}
        # Pagefind starts anew for each clean build: one site in four can be searched.
        self.settings["DIGEST_SEARCH"] = seed % 4 == 1 and find_pagefind() is not None
        # Cards are drawn on one site in three from the start, on others when they are asked for: a clean build draws
        # each of them anew.
        self.settings["DIGEST_CARDS"] = "all" if seed % 3 == 0 else "none"
        for number in range(6):
            self.write_item(f"item-{number}")

    def change(self) -> str:
        """Make one change and return its name."""
        changes: list[Callable[[], object]] = [
            self.add, self.add, self.edit, self.edit, self.edit, self.delete, self.rename, self.bad_file,
            self.record, self.template, self.setting, self.own_page, self.spoil_output, self.spoil_cache, self.touch,
            self.picture, self.make_pictures, self.lose_picture, self.delete_picture, self.copied,
            self.classic,
            self.nothing, self.nothing,
            self.move, self.merge, self.split, self.link_up, self.story_record, self.story_record,
        ]  # fmt: skip
        change = self.chance.choice(changes)
        change()
        return change.__name__

    def items(self) -> list[Path]:
        """Return the files of the items, in order."""
        return sorted((self.site.root / "content" / "news").rglob("*.md"))

    def write_item(self, stem: str) -> None:
        """Write one item with values of chance."""
        draw = self.chance
        # Sources that have items, and such as may get some; what one is called, another report may know.
        sources = ["", *(f", provider: {{{name}domain: p{n}.example}}" for n in range(5) for name in ("", "name: R, "))]
        related = "".join(
            f'\n  - {{webUrl: "https://x{draw.randrange(12)}.example/", title: {draw.choice("TU")}{who}}}'
            for who in draw.choices(sources, k=2)
        )
        icon = f'\n  images:\n    - {{url: "/images/{draw.randrange(3)}.png", width: 50, height: 50}}'
        values = {
            "title": f'"{stem} {draw.choice(["opens", "closes", "أخبار", "a & b"])}"',
            "publishedDateTime": f"2026-0{draw.randint(1, 5)}-{draw.randint(10, 28)}T{draw.randint(10, 23)}:00:00Z",
            "webUrl": f'"https://x{draw.randrange(9)}.example/"' if draw.random() > 0.2 else "",
            "heat": str(draw.choice([-1, 70, 150, 900, ""])),
            "story": draw.choice(["", "", "", *STORIES]),
            "published": draw.choice(["true", "true", "true", "false"]),
            "removed": draw.choice(["", "", "", "", "true"]),
            "topics": "".join(f"\n  - {name}" for name in draw.sample(TOPICS, 2)),
            "provider": f"{draw.choice(['', *3 * [chr(10) + '  name: P'], chr(10) + '  name: Q'])}"
            f"\n  domain: p{draw.choice([0, 0, 1, 1, 2, 2, 3, 4])}.example" + draw.choice(["", icon]),
            "related": related if draw.random() > 0.5 else "",
            "corrections": draw.choice(["", "", f"[{{date: 2026-06-0{draw.randint(1, 9)}, text: Not {stem}.}}]"]),
            "images": f'\n  - {{url: "/images/{draw.randrange(3)}.png", width: 60, height: 50}}',
        }
        body = draw.choice(["", "", "!!! note\n    Mind.", "```python\nx = 1\n```"])
        self.site.write(f"news/{stem}.md", front_matter(**values) + body)

    def change_keys(self, path: Path, **values: object) -> None:
        """Change keys of an item; None takes one out."""
        path.write_text(edit_front_matter(path.read_text(encoding="utf-8"), values), encoding="utf-8")

    def readable(self) -> list[Path]:
        """Return the files of items that can be used."""
        return [path for path in self.items() if "publishedDateTime: " in path.read_text(encoding="utf-8")]

    def move(self) -> None:
        """Put a report into another story, or into none."""
        if self.readable():
            self.change_keys(self.chance.choice(self.readable()), story=self.chance.choice([None, *STORIES]))

    def merge(self) -> None:
        """Make one story of two."""
        one, other = self.chance.sample(STORIES, 2)
        for path in self.readable():
            if f"story: {one}" in path.read_text(encoding="utf-8"):
                self.change_keys(path, story=other)

    def split(self) -> None:
        """Give half of a story another name."""
        name = self.chance.choice(STORIES)
        for path in [path for path in self.readable() if f"story: {name}" in path.read_text(encoding="utf-8")][::2]:
            self.change_keys(path, story=f"{name} again")

    def link_up(self) -> None:
        """Let some items list each other, so that they are one story without a name."""
        found = self.readable()
        chosen = self.chance.sample(found, min(3, len(found)))
        urls = {path: f"https://{path.stem}.example/" for path in chosen}
        for path in chosen:
            others = [{"webUrl": url} for other, url in urls.items() if other != path]
            self.change_keys(path, webUrl=urls[path], related=others, story=None)

    def story_record(self) -> None:
        """Describe a story, or stop doing so."""
        draw = self.chance
        values = {
            "title": draw.choice(["", "The story"]),
            "excerpt": draw.choice(["", "What happened."]),
            "pinned": draw.choice(["", "true"]),
            "closed": draw.choice(["", "true"]),
            "picture": draw.choice(["", f"/images/{draw.randrange(3)}.png"]),
            "corrections": draw.choice(["", f"[{{date: 2026-06-0{draw.randint(1, 9)}, text: Not so.}}]"]),
            "formerly": draw.choice(["", f"[{draw.choice(STORIES)}, {draw.choice(STORIES)} again, old]"]),
        }
        lines = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
        path = self.site.write(
            f"stories/{draw.choice(STORIES)}.md", f"---\n{lines}---\n{draw.choice(['', 'Words.'])}\n"
        )
        if draw.random() > 0.6:
            path.unlink()

    def add(self) -> None:
        """Add an item, sometimes in a folder of its own."""
        self.write_item(f"{self.chance.choice(['', '2026/'])}new-{self.chance.randrange(40)}")

    def edit(self) -> None:
        """Write one of the items anew."""
        if self.items():
            news = self.site.root / "content" / "news"
            self.write_item(self.chance.choice(self.items()).relative_to(news).as_posix().removesuffix(".md"))

    def delete(self) -> None:
        """Remove an item."""
        if len(self.items()) > 1:
            self.chance.choice(self.items()).unlink()

    def rename(self) -> None:
        """Give an item another address."""
        if self.items():
            path = self.chance.choice(self.items())
            path.rename(path.with_name(f"renamed-{self.chance.randrange(40)}.md"))

    def bad_file(self) -> None:
        """Add a file that cannot be used."""
        self.site.write(
            "news/bad.md", self.chance.choice(["---\ntitle: [\n---\n", "---\ntitle: x\n---\n", "Title: x\n"])
        )

    def record(self) -> None:
        """Describe a topic or a provider, or stop doing so."""
        name = self.chance.choice(TOPICS)
        path = self.site.write(
            f"topics/{name}.yaml", f"_id: {name}\nname: {name}\nparent: {self.chance.choice(TOPICS)}\n"
        )
        self.site.write("providers/p0.example.md", f"---\nname: Post {self.chance.randrange(3)}\n---\n")
        if self.chance.random() > 0.5:
            path.unlink()

    def template(self) -> None:
        """Edit a template."""
        name = self.chance.choice(["part.html", "home.html", "topic.html", "article.html", "mine.html", "story.html"])
        text = f"{self.chance.randrange(100)}" if name == "part.html" else f"{PAGE}{self.chance.randrange(100)}"
        (self.theme / "templates" / name).write_text(text)

    def setting(self) -> None:
        """Change a setting."""
        name, values = self.chance.choice(
            [
                ("SITENAME", ["One", "Two"]),
                ("SITEURL", ["", "https://a.example", "https://a.example/repo"]),
                ("TIMEZONE", ["UTC", "Asia/Tokyo"]),
                ("RELATIVE_URLS", [True, False]),
                ("DIGEST_PAGES", ["published", "all", "local-only"]),
                ("DIGEST_RELATED_LIMIT", [0, 5]),
                ("DIGEST_HEADLINE_LINKS", ["page", "source"]),
                ("DIGEST_FEED_LINKS", ["page", "source"]),
                ("DIGEST_COVERAGE_LIMIT", [1, 60]),
                ("DIGEST_STORY_REPORTS", [2, 3]),
                ("DIGEST_LOCALE", ["", "de"]),
                ("DIGEST_CARDS", ["none", "home", "all"]),
                ("DIGEST_CARD_LIMIT", [2, 500]),
                ("AUTHOR_SAVE_AS", ["author/{slug}.html", "", "who/{slug}.html"]),
                ("AUTHOR_FEED_RSS", [None, "feeds/{slug}.rss.xml"]),
                ("CATEGORY_FEED_ATOM", [None, "feeds/{slug}.atom.xml", "c/{slug}.xml"]),
                ("TAG_FEED_ATOM", [None, "tag/{slug}.xml"]),
                ("TAG_FEED_RSS", [None, "tag/{slug}.xml"]),
                ("DISPLAY_CATEGORIES_ON_MENU", [True, False]),
                ("DIGEST_MARKDOWN", [True, False]),
                ("MARKDOWN", [{"extension_configs": {name: {}}} for name in ("extra", "admonition", "codehilite")]),
            ]
        )
        self.settings[name] = self.chance.choice(values)

    def own_page(self) -> None:
        """Write a page of the owner's."""
        self.site.write("pages/about.md", f"Title: About {self.chance.randrange(9)}\n\nWords.\n")

    def classic(self) -> None:
        """Write one of Pelican's own articles, its translation, or take one away."""
        draw, name = self.chance, self.chance.choice("xyz")
        lang = draw.choice(["", "", "fr"])
        path = self.site.root / "content" / "blog" / f"{name}{lang}.md"
        if path.exists() and draw.random() > 0.7:
            path.unlink()
            return
        lines = [
            f"Title: {name}{lang}",
            f"Slug: {name}",
            f"Date: 2026-05-{draw.randint(10, 28)}",
            f"Lang: {lang or 'en'}",
            *draw.choice([[], ["Author: Ann"], ["Author: P"], ["Authors: Ann, Ben"], ["Authors: 京, P"]]),
            *draw.choice([[], ["Category: Long Reads"], ["Category: 京"]]),
            *draw.choice([[], ["Template: mine"], ["Template: nowhere"]]),
            f"Tags: {draw.choice(TOPICS)}",
            f"Place: {draw.randrange(3)}",
            *draw.choice([[], [], ["Status: hidden"], ["Status: draft"]]),
        ]
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + f"\n\nWords {draw.randrange(3)} [x]({{author}}Ann) [y]({{category}}P).\n")

    def picture(self) -> None:
        """Draw one of the site's pictures anew."""
        path = self.site.write(f"images/{self.chance.randrange(3)}.png", "")
        Image.new("RGB", (60, 50), (self.chance.randrange(256), 0, 0)).save(path)

    def delete_picture(self) -> None:
        """Take one of the site's own pictures away."""
        for path in sorted((self.site.root / "content" / "images").glob("*.png"))[:1]:
            path.unlink()

    def copied(self) -> None:
        """Write a file that is copied as it is, take one away, or make a folder of one or the other way round."""
        path = self.site.root / "content" / "assets" / self.chance.choice("abA")
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        if self.chance.random() > 0.3:
            self.site.write(f"assets/{path.name}{self.chance.choice(['', '/x'])}", self.chance.choice("123"))

    def make_pictures(self) -> None:
        """Make the pictures, as ``news-digest images`` does."""
        self.site.settings(**self.settings, CACHE_PATH="cache", DIGEST_WORKERS=1)
        with redirect_stdout(StringIO()):
            assert 0 == main(["images", "-s", str(self.site.root / "pelicanconf.py")])

    def lose_picture(self) -> None:
        """Lose a file of a picture that was made."""
        for path in sorted(self.cache.glob("made/*"))[:1]:
            path.unlink()

    @property
    def cache(self) -> Path:
        """Where made pictures lie: what is built, incrementally or not, depends on them."""
        return self.site.root / "cache" / "news-digest" / "images"

    def spoil_output(self) -> None:
        """Lose or damage a file that was written."""
        written = sorted(path for ending in ("html", "png") for path in self.site.output.rglob(f"*.{ending}"))
        if written:
            path = self.chance.choice(written)
            path.unlink() if self.chance.random() > 0.5 else path.write_text("damaged")

    def spoil_cache(self) -> None:
        """Lose or damage the parsed items that were kept."""
        kept = sorted((self.site.root / "cache").rglob("items*.msgpack"))
        if kept:
            path = self.chance.choice(kept)
            path.unlink() if self.chance.random() > 0.5 else path.write_bytes(path.read_bytes()[:-7])

    def nothing(self) -> None:
        """Change nothing."""

    def touch(self) -> None:
        """Change nothing but a file's time."""
        if self.items():
            self.chance.choice(self.items()).touch()

    def build(self, output: str, cache: str, memory: Memory | None = None) -> dict[str, bytes]:
        """Build into *output*, as a process that stays and has *memory*, and return every file there."""
        place = {"OUTPUT_PATH": output} if output != TAR else {"OUTPUT_PATH": f"{cache}/{CACHE_FOLDER}/beside"}
        # With two, a copy of this process makes the search index meanwhile.
        self.site.settings(**self.settings, **place, CACHE_PATH=cache, DIGEST_WORKERS=1 if output == "clean" else 2)
        settings = read_settings(str(self.site.root / "pelicanconf.py"))
        settings |= {} if memory is None else {MEMORY_KEY: memory}
        settings |= {TAR_KEY: str(self.site.root / TAR)} if output == TAR else {}
        Pelican(settings).run()
        root = self.site.root / output
        if output == TAR:
            with tarfile.open(root) as archive:
                found = [(member.name[2:], archive.extractfile(member)) for member in archive]
                return {name: file.read() for name, file in found if file}
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_incremental_equals_clean(site: Site, theme: Path, seed: int, monkeypatch: pytest.MonkeyPatch):
    """Twelve sites, twenty-six sequences of one to four changes each; half of them trust files however young.

    Half of the builds remember what others made before, by turns: a preview that was left for a while, and whose memory
    outlives changes of the settings (which in a preview it does not). Every fourth site is a tar.
    """
    monkeypatch.setattr(files, "RACY_NS", 0 if seed % 2 else files.RACY_NS)
    monkeypatch.setattr(rebuilding, "LARGE_INDEX", 0)
    # Python takes settings of the same size, written in the same second, for the ones it compiled before.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    hand = Hand(site, theme, seed)
    story = []
    memory = Memory()
    output = TAR if seed % 4 == 3 else "output"
    for _ in range(26):
        story.append([hand.change() for _ in range(hand.chance.randint(1, 4))])
        incremental = hand.build(output, "cache", memory if hand.chance.random() > 0.5 else None)
        if hand.cache.exists():
            shutil.copytree(hand.cache, site.root / "no-cache" / "news-digest" / "images")
        clean = hand.build("clean", "no-cache")
        assert sorted(clean) == sorted(incremental), story
        assert [] == [name for name, data in clean.items() if incremental[name] != data], story
        shutil.rmtree(site.root / "clean")
        shutil.rmtree(site.root / "no-cache")
