"""Two hundred feeds, good, broken, slow, endless and hostile: each has its line, and the good ones are in."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import brotli
import msgspec
import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.network.client import Client
from pelican.plugins.news_digest.newsdesk.incoming import feeds as asking
from tests.newsdesk.incoming.feed_host import FeedHost, entry, rss

if TYPE_CHECKING:
    from pelican.plugins.news_digest.network.exchange import Connections
    from pelican.plugins.news_digest.network.outcome import Ask, Outcome
    from tests.conftest import Site

pytestmark = pytest.mark.slow
GOOD = 142
LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "bomb": lambda n: rss(entry(n, title="A")).replace(b"<rss", f'<!DOCTYPE r [<!ENTITY l0 "l">{LOLS}]><rss'.encode())
    .replace(b"<title>A<", b"<title>&l9;<"),
    "file": lambda n: rss(entry(n, title="A")).replace(
        b"<rss", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss').replace(b">A<", b">&x;<"),
    "many": lambda _: rss(*(f"<item><title>{n}</title></item>" for n in range(50_000))),
    "nul": lambda n: rss(entry(n)).replace(b"<item>", b"\0<item>\0"),
    "title": lambda n: rss(entry(n, title="ferry " * 200_000)),
    "script": lambda n: rss(entry(n, link="javascript:alert(1)")),
    "charset": lambda n: rss(entry(n)).replace(b"?>", b' encoding="utf-32"?>', 1),
    "page": lambda _: b"<!DOCTYPE html><p>Subscribe",
    "deep": lambda _: b"<a>" * 200_000,
    "open": lambda _: rss() + b"<" * 500_000,
    "json": lambda _: b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 500_000,
    "words": lambda _: b"no feed at all",
}  # fmt: skip
# What is never answered in whole is given up after a fraction of a second, however fast the machine; all else has time.
NEVER = {"silent", "dripping", "endless"}
SHORT = msgspec.structs.replace(asking.LIMITS, total_s=0.5, read_s=0.3)
LONG_S = 100.0
WAYS = ("missing", "gone", "broken", "busy", "circle", "silent", "dripping", "endless", "lying", "reset")
AWAY = ("http://10.0.0.1/x", "http://169.254.169.254/latest/meta-data/", "http://[::1]:8080/", "file:///etc/passwd")


class Patient(Client):
    """Waits long for a feed that will be answered, so that a busy machine is no slow host."""

    def __init__(self, sources: Path, **options: Any) -> None:
        limits = msgspec.structs.replace(options["limits"], connect_s=LONG_S, read_s=LONG_S, total_s=LONG_S)
        super().__init__(sources, **{**options, "limits": limits})
        self._impatient = Client(sources, **{**options, "limits": SHORT})

    def get(self, ask: Ask, connections: Connections) -> Outcome:
        """Ask for one file."""
        if urlsplit(ask.url).path.split("/")[1] in NEVER:
            return self._impatient.get(ask, connections)
        return super().get(ask, connections)


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Start a host with all of them."""
    started = FeedHost()
    for number in range(GOOD):
        started.set(f"/good/{number}", rss(*(entry(100 + 5 * number + k) for k in range(5)), title=f"Good {number}"))
    for number, (name, make) in enumerate(HOSTILE.items()):
        started.set(f"/{name}/", make(10_000 + 10 * number))
    started.set("/packed", gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"})
    started.set("/packed-more", brotli.compress(b" " * 50_000_000, quality=1), headers={"Content-Encoding": "br"})
    yield started
    started.close()


def test_each_has_its_line_and_the_good_ones_are_in(
    site: Site, host: FeedHost, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Nobody takes anything from anybody else, and nothing of this machine is in any file."""
    monkeypatch.setattr(asking, "Client", Patient)
    manners = msgspec.structs.replace(asking.MANNERS, pause_s=0.01, max_pause_s=0.1)  # all are on one host
    monkeypatch.setattr(asking, "MANNERS", manners)
    site.settings(PLUGINS=[], THEME="simple")
    (site.root / "content" / "news").mkdir(parents=True)
    monkeypatch.chdir(site.root)
    paths = [f"/good/{number}" for number in range(GOOD)]
    paths += [f"/{name}/" for name in HOSTILE]
    paths += [f"/{way}/{copy}" for way in WAYS for copy in range(3)]
    paths += [*(f"/to/{place}" for place in AWAY), "/packed", "/packed-more", f"/to/{host.url('/good/0')}"]
    (site.root / "sources.yaml").write_text("".join(f"- feed: {host.url(path)}\n" for path in paths), encoding="utf-8")
    assert len(paths) > 190
    assert 0 == main(["import", "--allow-host", host.name])
    said = capsys.readouterr().out
    table = said[said.index("\nSource ") :].strip().splitlines()[1:-1]
    assert len(paths) == len(table)
    good = [line for line in table if re.match(r"Good \d+ +5 ", line)]
    assert GOOD == len(good)
    for line in table:
        assert re.search(r" –  \S|\d  +\d+  +\d+", line), line
    texts = [path.read_text("utf-8") for path in (site.root / "content" / "news").glob("*.md")]
    assert GOOD * 5 <= len(texts) <= GOOD * 5 + 3 * len(HOSTILE)
    assert not [text for text in texts if "root:" in text or "javascript:" in text or "\0" in text]
