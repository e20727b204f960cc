"""Builds a small site beside one other plugin, and judges what came of it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from PIL import Image

from tests.beside.rows import BODY, HEAD, Row
from tests.builders import front_matter
from tests.conftest import PLUGINS, ROOT

US = "pelican.plugins.news_digest"
OURS = str(ROOT / "theme")
# Pelican writes a template of the site's own in each build.
ALWAYS = ("probe.html",)
PROBE = "{% for article in articles %}[{{ article.slug }}|{{ PROBE }}]\n{% endfor %}"
OF_PELICAN = ("index", "probe")


@dataclass(frozen=True)
class Verdict:
    """What came of one plugin in one set-up; ``problems`` is empty where all is well."""

    set_up: str
    problems: tuple[str, ...]


def judge(row: Row, folder: Path, *, python: Path) -> list[Verdict]:
    """Return the verdicts on *row*: with our theme, with ``simple``, and without us.

    Args:
        row: The plugin.
        folder: Where sites are written.
        python: The Python that has it installed.
    """
    return [
        Verdict("our theme", tuple(_judge(row, folder / "ours", python=python, theme=OURS, has_us=True))),
        Verdict("`simple`", tuple(_judge(row, folder / "simple", python=python, theme="simple", has_us=True))),
        Verdict("without us", tuple(_judge(row, folder / "alone", python=python, theme="simple", has_us=False))),
    ]


def _judge(row: Row, folder: Path, *, python: Path, theme: str, has_us: bool) -> list[str]:
    write_site(row, folder, theme=theme, has_us=has_us)
    done = build(folder, python)
    if done.returncode:
        return [f"exit {done.returncode}: {done.stdout[-2000:]}"]
    wanted = [row.classic, *([row.item] if row.item and has_us else [])]
    wanted += [("news/a/index.html", row.finished)] if row.finished and theme == OURS else []
    problems = [f"{path} lacks {pattern}" for path, pattern in wanted if not _has(folder / "output", path, pattern)]
    if theme == OURS:
        before = _times(folder)
        again = build(folder, python)
        if again.returncode:
            return [*problems, f"exit {again.returncode} the second time: {again.stdout[-2000:]}"]
        after = _times(folder)
        touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        free = (*ALWAYS, *row.writes)
        problems += [f"touched {name}" for name in sorted(touched) if not any(fnmatch(name, own) for own in free)]
        problems += [
            f"{path} lacks {pattern} after the second build"
            for path, pattern in wanted
            if not _has(folder / "output", path, pattern)
        ]
    return problems


def write_site(row: Row, folder: Path, *, theme: str, has_us: bool) -> None:
    """Write a site of two items, two classic articles, a page and a template of its own."""
    files = {
        "content/c.md": HEAD.format("Classic", "c", 1, "news") + BODY.format("c") + f"\n{row.text}\n",
        "content/d.md": HEAD.format("Second", "d", 2, "news") + BODY.format("d"),
        "content/e.md": HEAD.format("A hidden one", "e", 3, "news") + BODY.format("e"),
        "content/pages/p.md": "Title: Page\n\nText.\n",
        "content/part.txt": "Included words.\n",
        "content/data/facts.json": '{"tram": "yellow"}\n',
        "own/probe.html": "{% for article in articles %}[{{ article.slug }}|{{ "
        + (row.probe or "''")
        + " }}]\n{% endfor %}",
        "own/style/a.css": ".a { color: teal }\n",
        "own/style/b.css": ".b { color: navy }\n",
    }
    if row.template and theme == OURS:
        files["own/extend/article.html"] = row.template
    if row.plugin == "pelican_redirect":
        files["content/c.md"] = files["content/c.md"].replace("Author:", "Original_url: old/c.html\nAuthor:")
    if has_us:
        for day, slug in enumerate(("a", "b"), 1):
            link = f'"https://post.example/{slug}/"'
            head = front_matter(
                publishedDateTime=f"2026-05-0{day}T08:00:00Z",
                title=f'"Item {slug}"',
                webUrl=link,
                series='"Nights"',
                category='"news"',
            )
            files[f"content/news/{slug}.md"] = (
                f"{head}\nWords of {slug}. Seen[ref]By Ann.[/ref]. ![](/images/lamp.png)\n"
            )
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "content/images").mkdir()
    Image.new("RGB", (40, 40), "teal").save(folder / "content/images/lamp.png")
    settings = {
        "SITENAME": "Tiny",
        "SITEURL": "https://tiny.example",
        "AUTHOR": "Ann",
        "TIMEZONE": "UTC",
        "DEFAULT_LANG": "en",
        "PATH": "content",
        "CACHE_PATH": "cache",
        "STATIC_PATHS": ["images"],
        "PLUGIN_PATHS": [str(PLUGINS)],
        "PLUGINS": [US, row.plugin] if has_us else [row.plugin],
        "THEME": theme,
        "THEME_TEMPLATES_OVERRIDES": ["own"],
        "DIRECT_TEMPLATES": list(OF_PELICAN),
        "FEED_ALL_ATOM": "feeds/all.atom.xml",
        **row.settings,
    }
    if has_us:
        settings["DIGEST_SEARCH"] = False
    lines = "".join(f"{name} = {value!r}\n" for name, value in settings.items()).replace("{folder}", str(folder))
    (folder / "pelicanconf.py").write_text(lines, encoding="utf-8")


def build(folder: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """Run Pelican in *folder*."""
    return subprocess.run(
        [python, "-m", "pelican"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "300"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _has(output: Path, path: str, pattern: str) -> bool:
    file = output / path
    return file.is_file() and re.search(pattern, file.read_text(encoding="utf-8", errors="replace")) is not None


def _times(folder: Path) -> dict[str, int]:
    output = folder / "output"
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in files}
