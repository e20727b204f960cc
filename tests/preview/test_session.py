"""The loop: from a change of a file to what open pages and the terminal are told, all in one process."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pelican.plugins.news_digest.preview.owner import Wishes
from pelican.plugins.news_digest.preview.problems import Problem
from pelican.plugins.news_digest.preview.rebuild import Rebuilt
from pelican.plugins.news_digest.preview.session import Session, report
from tests.builders import front_matter
from tests.conftest import ROOT, Site

from .talking import PATIENCE_S, Listener, ask


class Running:
    """A preview that runs in a thread, and what it says."""

    def __init__(self, session: Session, said: queue.Queue[str]) -> None:
        self.port = session.server.port
        self._said = said

    def hear(self, words: str) -> str:
        """Return the next line that holds *words*."""
        while True:
            line = self._said.get(timeout=PATIENCE_S)
            if words in line:
                return line

    def listen(self, page: str = "/") -> Listener:
        """Return an open page, which knows itself as it is now."""
        prints = ask(self.port, page).body.partition('data-prints="')[2].partition('"')[0]
        listener = Listener(self.port, page, prints=prints)
        listener.until("state", is_building=False)
        return listener


@contextmanager
def running(site: Site, **wishes: object) -> Iterator[Running]:
    """Run a preview of *site* while the block does; it has built once when the block begins."""
    said: queue.Queue[str] = queue.Queue()
    session = Session(Wishes(settings=site.root / "pelicanconf.py", **wishes), say=said.put)
    session.open(port=0)
    thread = threading.Thread(target=session.run)
    thread.start()
    try:
        preview = Running(session, said)
        base = str(wishes.get("base", "/"))
        with Listener(preview.port, base, base=base) as page:
            page.until("state", is_building=False)
        yield preview
    finally:
        session.end()
        thread.join()


@pytest.fixture
def news(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with two items and a theme of its own."""
    shutil.copytree(ROOT / "theme", site.root / "theme")
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1, THEME=str(site.root / "theme"), SITEURL="")
    write(site, "a")
    write(site, "b")
    monkeypatch.chdir(site.root)
    return site


def write(site: Site, name: str, title: str = "") -> None:
    """Write one item."""
    site.write(f"news/{name}.md", front_matter(title=f'"{title or name}"', webUrl=f'"https://{name}.example/"'))


def test_edit_loads_the_pages_that_show_it_anew(news: Site):
    """The item's own page and the front page; the terminal says which file it was."""
    with running(news) as preview, preview.listen("/news/a/") as item, preview.listen("/about/") as about:
        write(news, "a", "New words")
        assert "reload" == item.next()[0]
        assert "New words" in ask(preview.port, "/news/a/").body
        preview.hear("content/news/a.md: ")
        template = news.root / "theme/templates/about.html"
        words = template.read_text(encoding="utf-8").replace("{% block styles %}", "{% block styles %}<!-- other -->")
        template.write_text(words, encoding="utf-8")
        # The first edit was no news for a page that stayed; how many turns it took depends on who is how fast.
        kinds = [about.next()[0]]
        while kinds[-1] == "state":
            kinds.append(about.next()[0])
        assert "reload" == kinds[-1]


def test_problem_is_told_until_it_is_mended(news: Site):
    """To open pages and to the terminal; the last good site is served meanwhile."""
    with running(news) as preview, preview.listen("/news/a/") as page:
        news.write("news/a.md", "---\ntitle: [\n---\n")
        said = page.until("state", is_held=True)
        assert ["content/news/a.md"] == [problem["path"] for problem in said["problems"]]
        assert 200 == ask(preview.port, "/news/a/").status
        preview.hear("keeping the last good build")
        preview.hear("content/news/a.md:")
        write(news, "a")
        assert [] == page.until("state", is_held=False)["problems"]
        preview.hear("all problems fixed")


def test_broken_settings_are_told_and_then_obeyed(news: Site):
    """The same for the settings; a name that changed is on every page."""
    good = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    with running(news) as preview, preview.listen() as page:
        (news.root / "pelicanconf.py").write_text("oops = [\n", encoding="utf-8")
        said = page.until("state", is_held=True)
        assert [("pelicanconf.py", 1)] == [(problem["path"], problem["line"]) for problem in said["problems"]]
        (news.root / "pelicanconf.py").write_text(good.replace("Tiny", "Tony"), encoding="utf-8")
        page.until("reload")
        assert "Tony" in ask(preview.port, "/").body


def test_style_sheet_dresses_pages_anew(news: Site):
    """No page loads anew for it, though the address of the sheet changes in all of them."""
    with running(news) as preview, preview.listen() as page:
        sheet = news.root / "theme/static/css/base.css"
        sheet.write_text(sheet.read_text(encoding="utf-8") + "body {\n  color: red;\n}\n", encoding="utf-8")
        kind, addresses = page.next()
        assert "styles" == kind
        assert "color:red" in ask(preview.port, addresses[0]).body


def test_style_sheet_of_the_sites_own_dresses_pages_anew(news: Site):
    """It lies wherever the settings say; a colour that cannot be read is said, and the theme's own one stands in."""
    style = news.root / "mine.css"
    style.write_text("body {\n  margin: 1px;\n}\n", encoding="utf-8")
    values = {"DIGEST_SEARCH": False, "DIGEST_WORKERS": 1, "THEME": str(news.root / "theme"), "SITEURL": ""}
    news.settings(**values, DIGEST_STYLE=str(style))
    with running(news) as preview, preview.listen() as page:
        style.write_text("body {\n  margin: 2px;\n}\n", encoding="utf-8")
        page.until("styles")
        style.write_text(":root {\n  --ink: #eee;\n}\n", encoding="utf-8")
        said = page.until("state", is_building=False)
        while not said["problems"]:
            said = page.until("state", is_building=False)
        assert "contrast" in said["problems"][0]["message"]
        assert not said["is_held"]


def test_template_loads_pages_anew(news: Site):
    """Those that are made from it."""
    with running(news) as preview, preview.listen("/news/a/") as item:
        template = news.root / "theme/templates/extend/article.html"
        template.write_text("<p>Something of my own</p>\n", encoding="utf-8")
        assert "reload" == item.next()[0]
        assert "Something of my own" in ask(preview.port, "/news/a/").body


def test_picture_loads_the_pages_that_show_it_anew(news: Site):
    """Its address stays the same, so it is told by its bytes."""
    news.write("pages/about.md", "Title: Imprint\nSlug: imprint\n\n![it]({static}/images/a.png)\n")
    news.write("images/a.png", "one")
    with running(news) as preview, preview.listen("/pages/imprint.html") as page:
        news.write("images/a.png", "two")
        page.until("reload")
        assert "two" == ask(preview.port, "/images/a.png").body


def test_what_new_settings_name_is_watched(news: Site):
    """Another theme folder: its files count from then on, also those that changed meanwhile."""
    with running(news) as preview, preview.listen("/news/a/") as item:
        shutil.copytree(news.root / "theme", news.root / "other")
        news.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1, THEME=str(news.root / "other"), SITEURL="")
        (news.root / "other/templates/extend/article.html").write_text("<p>The other</p>\n", encoding="utf-8")
        item.until("reload")
        (news.root / "other/templates/extend/article.html").write_text("<p>Once more</p>\n", encoding="utf-8")
        while "Once more" not in ask(preview.port, "/news/a/").body:
            item.until("reload")


def test_site_without_good_settings_is_served_when_they_are_mended(news: Site):
    """It begins with a page that says what is wrong, and turns into the site."""
    good = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    (news.root / "pelicanconf.py").write_text("1 / 0\n", encoding="utf-8")
    with running(news) as preview, preview.listen() as page:
        reply = ask(preview.port, "/")
        assert 503 == reply.status
        assert "ZeroDivisionError" in reply.body
        (news.root / "pelicanconf.py").write_text(good, encoding="utf-8")
        page.until("reload")
        assert 200 == ask(preview.port, "/").status


def test_drafts_are_marked_where_they_stand(news: Site):
    """On their own pages and in lists; the output folder is not touched."""
    news.write("news/d.md", front_matter(title='"A draft"', status="draft", webUrl='"https://d.example/"'))
    with running(news, shows_drafts=True) as preview:
        assert 'data-slug="d" data-preview="draft"' in ask(preview.port, "/news/d/").body
        assert 'data-slug="d" data-preview="draft"' in ask(preview.port, "/latest/").body
        assert "data-preview" not in ask(preview.port, "/news/a/").body.replace("data-prints", "")
    assert not news.output.exists()


def test_site_is_served_below_the_path_that_is_asked_for(news: Site):
    """As on GitHub Pages: its links lead there, and nothing is beside it."""
    with running(news, base="/repo/") as preview:
        assert 'href="/repo/news/a/"' in ask(preview.port, "/repo/").body
        assert 404 == ask(preview.port, "/news/a/").status
        assert (
            f'<link rel="canonical" href="http://127.0.0.1:{preview.port}/repo/">' in ask(preview.port, "/repo/").body
        )


def test_open_pages_are_let_go_at_the_end(news: Site):
    """Their connections end, so that they try again."""
    with running(news) as preview:
        page = preview.listen()
    with pytest.raises(EOFError):
        page.until("reload")


def problem(path: str) -> Problem:
    """Return a problem with *path*."""
    return Problem(path=path, name="ND1", message="no")


@pytest.mark.parametrize(
    ("lines", "result", "before"),
    [
        (
            ["/x/a, /x/b, /x/c and 1 more: 2 files written in 0.50 s"],
            Rebuilt(is_done=True, changed=("a", "b"), seconds=0.5),
            [],
        ),
        (
            ["/x/a, /x/b, /x/c and 1 more: 0 files written, 1 removed in 0.00 s", "  all problems fixed"],
            Rebuilt(is_done=True, removed=("a",)),
            [problem("a")],
        ),
        (
            ["/x/a, /x/b, /x/c and 1 more: keeping the last good build until this is fixed", "  b: ND1 no"],
            Rebuilt(is_done=False, problems=(problem("a"), problem("b"))),
            [problem("a")],
        ),
    ],
)  # fmt: skip
def test_terminal_is_told_what_is_new(lines: list[str], result: Rebuilt, before: list[Problem]):
    """A problem is said once, when it comes; that there is none any more, too."""
    changed = frozenset(f"/x/{name}" for name in "abcd")
    assert lines == list(report(result, before=before, changed=changed, here="/here"))


def test_terminal_does_not_name_what_editors_leave(tmp_path: Path):
    """Of what was written beside a file and renamed only the file counts; control characters steer nothing."""
    (tmp_path / "a\x1b.md").write_text("")
    changed = frozenset({str(tmp_path / "a\x1b.md"), str(tmp_path / "sedXYZ")})
    (line,) = report(Rebuilt(is_done=True), before=[], changed=changed, here=str(tmp_path))
    assert "a\\x1b.md: 0 files written in 0.00 s" == line
    assert os.path.exists(tmp_path)
