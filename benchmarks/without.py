"""What one means of speed saves: the same site is built with it and without it, in turn, in one process each.

``python benchmarks/without.py compiler`` prints processor seconds of both, medians and lowest of ``--runs``. The lowest
says more on a machine that has something else to do. Names are those of :data:`MEANS`; without one, all are tried.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from archive import ROOT, write_archive
from jinja2 import Environment
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from run import RESULTS, SEED

PACKAGE = "pelican.plugins.news_digest"
# What is built: a site that is not there, one in which nothing changed, one after an edit, and the same by a process
# that stays, as a preview does.
COLD, SAME, EDIT, AGAIN = "cold", "same", "edit", "again"
# A file counts as too young to be trusted by the next build.
YOUNG = 2.5
EDITS = 4
SETTINGS = f"""
SITENAME, SITEURL, TIMEZONE = "Benchmark", "https://benchmark.example", "UTC"
PATH, OUTPUT_PATH, CACHE_PATH, STATIC_PATHS = "content", "output", "cache", []
PLUGIN_PATHS = [{str(ROOT / "plugins/pelican/plugins")!r}]
PLUGINS = ["{PACKAGE}"]
THEME = {str(ROOT / "theme")!r}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
DIGEST_PAGES = "all"
DIGEST_SEARCH = False
DIGEST_WORKERS = 1
"""


def _module(name: str) -> Any:  # noqa: ANN401 - modules are changed here
    return import_module(f"{PACKAGE}.{name}")


def _replace(owner: Any, name: str, value: object) -> None:  # noqa: ANN401 - a module or a class
    """Put *value* in the place of what is there: where nothing is, it has moved, and nothing would be switched off."""
    getattr(owner, name)
    setattr(owner, name, value)


def _everywhere(name: str, value: object) -> None:
    for above in ("plugin", "host.reading", "host.rebuilding", "images.cards.card"):
        _module(above)
    loaded = [module for key, module in sys.modules.items() if key.startswith(PACKAGE)]
    for module in [module for module in loaded if hasattr(module, name)] or loaded:
        _replace(module, name, value)


def _compiler() -> None:
    """Render with Jinja's own compiler; words stay in the templates, and components are kept."""
    plain = _module("output.templates.environment").DigestEnvironment
    _replace(_module("output.templates.render"), "FastEnvironment", plain)


def _compiled() -> None:
    """Compile every template anew."""
    _replace(_module("output.templates.compiled"), "_is_in_theme", lambda _: False)


def _memo() -> None:
    """Render each component each time."""
    _replace(_module("output.templates.environment").Memo, "_keep", lambda _self, _key, made: made)


def _words() -> None:
    """Ask gettext on every page."""

    class Words:
        def __init__(self, _: object) -> None: ...

        def visit(self, tree: object) -> object:
            return tree

    environment = _module("output.templates.environment")
    _replace(environment, "_Words", Words)
    _replace(
        environment.DigestEnvironment,
        "numbered",
        lambda env, *asked: env.ngettext(Context(env, {}, None, {}), *asked),
    )


def _entries() -> None:
    """Read each related entry as YAML, however often it was read before."""
    _everywhere("cut_related", lambda _: None)


def _atom() -> None:
    """Let the library write the entries of Atom feeds."""
    feed = _module("output.documents.feed")
    kind = feed._DigestAtomFeed  # noqa: SLF001 - measured here

    def written(entry: Any, **_: object) -> str:  # noqa: ANN401 - as it is
        document = kind(title="", link="", description="")
        feed._add_entry(document, entry)  # noqa: SLF001 - measured here
        return str(feed._written_entry(document, "entry", document.items.pop()))  # noqa: SLF001 - measured here

    _replace(feed, "atom_entry", written)


def _png() -> None:
    """Let Pillow write the cards."""

    def encode(picture: Any, colours: Any) -> bytes:  # noqa: ANN401 - Pillow's
        width, height = picture.size
        out, copy = io.BytesIO(), picture.crop((0, 0, width - _module("images.cards.png").SPARE_PX, height))
        copy.putpalette(bytes(colours))
        copy.save(out, "PNG", compress_level=1, bits=4)
        return out.getvalue()

    _everywhere("encode_png", encode)


def _collector() -> None:
    """Let Python look for garbage while all is being made."""

    @contextmanager
    def unpaused(*, freezes: bool = False) -> Iterator[None]:
        del freezes
        yield

    _everywhere("paused_collector", unpaused)


def _cache() -> None:
    """Read every item anew."""
    _replace(_module("frontmatter.cache").ItemCache, "fresh", lambda *_, **__: None)


def _unchanged() -> None:
    """Read a site of which nothing has changed."""
    _replace(_module("host.unchanged").Outlook, "_recall", lambda _: None)


def _stamp() -> None:
    """Plan a site of which nothing has changed, and read it."""
    _replace(_module("output.manifest").Manifest, "is_current", lambda *_: False)


def _facts() -> None:
    """Make every page's view, and compare what was made."""
    _replace(_module("output.templates.fingerprint").Fingerprinter, "facts", lambda *_: b"")


def _closures() -> None:
    """Parse every template to see which others it names."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    _everywhere("references_of", lambda source: frozenset(find_referenced_templates(environment.parse(source))))


def _kept() -> None:
    """Make everything anew in each build of a process."""
    kept = _module("running.kept").Kept
    _replace(kept, "begin", kept.forget)


def _related() -> None:
    """Look for what else to read from scratch."""
    related = _module("pages.related")
    find = related.RelatedFinder.find

    def find_anew(self: Any, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is
        self.shelf = related.Shelf()
        return find(self, *args, **named)

    _replace(related.RelatedFinder, "find", find_anew)


def _clusters() -> None:
    """Join every story anew."""
    join = _module("catalogue.clusters").ClusterJoin
    begin = join.__init__

    def begin_anew(self: Any, items: Any, **named: Any) -> None:  # noqa: ANN401 - as it is
        begin(self, items, **{**named, "memory": None})

    _replace(join, "__init__", begin_anew)


def _answers() -> None:
    """Walk all ``related`` lists in each build, and look for items and stories that are like one another."""
    _replace(_module("disk.sealed").Answers, "last", lambda *_, **__: None)


def _items() -> None:
    """Read the cache's file in each build of a process."""
    cache = _module("frontmatter.cache").ItemCache
    _replace(cache, "_recall", cache._load)  # noqa: SLF001 - what it does at first


MEANS: dict[str, tuple[Callable[[], None], str]] = {
    "compiler": (_compiler, COLD),
    "compiled": (_compiled, EDIT),
    "memo": (_memo, COLD),
    "words": (_words, COLD),
    "entries": (_entries, COLD),
    "atom": (_atom, COLD),
    "png": (_png, COLD),
    "collector": (_collector, COLD),
    "cache": (_cache, EDIT),
    "facts": (_facts, EDIT),
    "unchanged": (_unchanged, SAME),
    "stamp": (_stamp, SAME),
    "closures": (_closures, EDIT),
    "answers": (_answers, EDIT),
    "kept": (_kept, AGAIN),
    "related": (_related, EDIT),
    "clusters": (_clusters, AGAIN),
    "items": (_items, AGAIN),
}


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what a means of speed saves.")
    parser.add_argument("means", nargs="*", help=f"what is switched off (default: each in turn): {', '.join(MEANS)}")
    parser.add_argument("--set", default="1k", dest="name", help="as for run.py (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="builds of each kind (default: %(default)s)")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if unknown := set(args.means) - MEANS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if args.once is not None:
        print((build_again if args.once[1] == AGAIN else build_here)(args.once[0]))
        return
    site = RESULTS / "without"
    shutil.rmtree(site, ignore_errors=True)
    write_archive(args.name, site / "content" / "news", seed=SEED)
    (site / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    for means in args.means or MEANS:
        print(compare(site, means, runs=args.runs), flush=True)
    shutil.rmtree(site)


def compare(site: Path, means: str, *, runs: int) -> str:
    """Return in one line what *means* saves of the builds that it is for."""
    mode = MEANS[means][1]
    seconds: dict[str, list[float]] = {"": [], means: []}
    if mode in {SAME, EDIT}:
        build(site, "", mode)
    for _ in range(runs):
        for switched_off, taken in seconds.items():
            _make_ready(site, mode)
            taken.append(build(site, switched_off, mode))
    (low, mid), (low_off, mid_off) = ((min(taken), median(taken)) for taken in seconds.values())
    return (
        f"{means}, {mode}: {low:.2f} s with it, {low_off:.2f} s without: {1 - low / low_off:.0%} saved; "
        f"medians {mid:.2f} and {mid_off:.2f}: {1 - mid / mid_off:.0%}"
    )


def _make_ready(site: Path, mode: str) -> None:
    if mode == COLD:
        for name in ("output", "cache"):
            shutil.rmtree(site / name, ignore_errors=True)
    if mode == EDIT:
        _edit(site)
    time.sleep(YOUNG)


def _edit(site: Path) -> None:
    items = sorted((site / "content" / "news").glob("*.md"))
    text = items[len(items) // 2].read_text(encoding="utf-8")
    text = re.sub(r'^excerpt: "', 'excerpt: "Again. ', text, count=1, flags=re.MULTILINE)
    items[len(items) // 2].write_text(text, encoding="utf-8")


def build(site: Path, switched_off: str, mode: str) -> float:
    """Build *site* in a process of its own, without what is *switched_off*; return its processor seconds."""
    command = [sys.executable, str(Path(__file__).resolve()), "--once", switched_off, mode]
    done = subprocess.run(command, cwd=site, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def build_here(switched_off: str) -> float:
    """Build the site in this folder and return the processor seconds that took."""
    from pelican import main as pelican  # noqa: PLC0415 - not before it is needed

    _module("plugin")  # what is switched off has loaded parts of it
    if switched_off:
        MEANS[switched_off][0]()
    before = time.process_time()
    pelican(["--quiet", "-s", "pelicanconf.py"])
    return time.process_time() - before


def build_again(switched_off: str) -> float:
    """Build the site in this folder as a preview does, edit it, and return what the next build takes, at the least."""
    from pelican.plugins.news_digest.preview.owner import Owner, Wishes  # noqa: PLC0415 - not before it is needed
    from pelican.plugins.news_digest.preview.rebuild import Rebuilder  # noqa: PLC0415

    if switched_off:
        MEANS[switched_off][0]()
    owner = Owner(Wishes(settings=Path("pelicanconf.py")), site_url=lambda base: f"http://127.0.0.1{base}")
    rebuilder = Rebuilder(owner, on_pages=lambda: None)
    rebuilder.rebuild()
    taken = []
    for _ in range(EDITS):
        _edit(Path())
        before = time.process_time()
        rebuilder.rebuild()
        taken.append(time.process_time() - before)
    return min(taken)


if __name__ == "__main__":
    main()
