"""A desk over a small site, answered by real connections, and the forms of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.desk.desk import Desk
from pelican.plugins.news_digest.preview.owner import Owner, Wishes
from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.builders import front_matter
from tests.preview.talking import Reply, ask, serving

if TYPE_CHECKING:
    from tests.conftest import Site

_FORM = re.compile(r'<form[^>]* method="post"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class AtDesk:
    """Somebody at the desk, with a browser that does what browsers do, unless a test says otherwise."""

    port: int
    content: Path
    said: list[str] = field(default_factory=list)

    def get(self, path: str = "", **headers: str) -> Reply:
        """Open a page of the desk."""
        return ask(self.port, f"/_desk/{path}", **headers)

    def form(self, slug: str, path: str = "?since=all&show=all", **changes: str) -> dict[str, str]:
        """Return what the first form about *slug* holds, with *changes*; ``""`` takes a field out."""
        forms = [
            {name: unescape(value) for name, value in _HIDDEN.findall(text)}
            for text in _FORM.findall(self.get(path).body)
        ]
        found = next(form for form in forms if form.get("item") == slug)
        return {name: value for name, value in {**found, **changes}.items() if value != ""}

    def send(self, form: dict[str, str], *, path: str = "act", method: str = "POST", **headers: str) -> Reply:
        """Send a form as a page of the desk would."""
        usual = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in {**usual, **given}.items() if value}
        return ask(self.port, f"/_desk/{path}", method=method, body=urlencode(form).encode(), **sent)

    def press(self, act: str, slug: str, **changes: str) -> Reply:
        """Press a button of *slug*'s, and return the page that follows."""
        reply = self.send(self.form(slug, act=act, **changes))
        assert 303 == reply.status
        return ask(self.port, reply.headers["location"].partition("#")[0])

    def text(self, slug: str) -> str:
        """Return the file of *slug*."""
        return (self.content / f"news/{slug}.md").read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return all files of the content."""
        return {path.name: path.read_bytes() for path in sorted(self.content.rglob("*")) if path.is_file()}


@pytest.fixture
def newsroom(site: Site) -> Site:
    """Return a site with six items: one published, four that wait, one that is hidden."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1, SITENAME="The Ellery <Digest>")
    values = {
        "ferry": {"title": '"Ferry strike from Monday"', "published": "true", "heat": "95", "topics": "[Harbour]"},
        "boats": {"title": '"Boats to stay in port & wait"', "published": "false", "heat": "70"},
        "tram": {"title": '"Trams run all night"', "published": "false", "heat": "60", "topics": "[Trams]"},
        "storm": {"title": '"عاصفة في الميناء"', "published": "false", "heat": "50", "locale": "ar"},
        "draft": {"title": '"From the editor"', "status": "draft", "heat": "10"},
        "advert": {"title": '"Buy two"', "published": "false", "heat": "5", "curated": "{hide: true}"},
    }
    for slug, changed in values.items():
        text = front_matter(webUrl=f'"https://{slug}.example/a/"', provider="", **changed)
        site.write(f"news/{slug}.md", text)
    return site


@pytest.fixture
def lang() -> str:
    """Return the language of that site; tests have it in others."""
    return "en"


@pytest.fixture
def desk(newsroom: Site, lang: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtDesk]:
    """Return somebody at the desk of that site. Nothing was built yet: the desk needs no build."""
    conf = newsroom.root / "pelicanconf.py"
    conf.write_text(f"{conf.read_text(encoding='utf-8')}DEFAULT_LANG = {lang!r}\n", encoding="utf-8")
    monkeypatch.chdir(newsroom.root)
    owner = Owner(Wishes(settings=conf), site_url=lambda base: base)
    owner.read()
    said: list[str] = []
    board = Board()
    board.tell(is_building=False)
    server = open_server(PreviewSite(board), port=0, say=said.append, desk=Desk(owner, board))
    with serving(server):
        yield AtDesk(port=server.port, content=newsroom.root / "content", said=said)
