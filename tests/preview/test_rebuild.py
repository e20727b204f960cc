"""One build after another in one process: what is written, what is held back, and what is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pelican.contents import Content

from pelican.plugins.news_digest.output.search.program import find_pagefind
from pelican.plugins.news_digest.preview.owner import Owner, Wishes
from pelican.plugins.news_digest.preview.rebuild import Rebuilder, Rebuilt
from tests.builders import front_matter
from tests.conftest import ROOT, Site


class Hand:
    """A site and what builds it again."""

    def __init__(self, site: Site, **wishes: object) -> None:
        self.site = site
        self.pages_told = 0
        self.owner = Owner(
            Wishes(settings=site.root / "pelicanconf.py", **wishes),
            site_url=lambda base: f"http://127.0.0.1:8000{base}",
        )
        self._rebuilder = Rebuilder(self.owner, on_pages=self._count)

    def _count(self) -> None:
        self.pages_told += 1

    def rebuild(self) -> Rebuilt:
        """Build once more."""
        return self._rebuilder.rebuild()

    def finish(self) -> bool:
        """Do what was put off."""
        return self._rebuilder.finish()

    def said(self) -> list[str]:
        """Build once more and return what is to be mended, each with its place."""
        return [f"{problem.path}:{problem.line} {problem.name}" for problem in self.rebuild().problems]


@pytest.fixture
def news(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with two items; the preview is started in its folder."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    for name in ("a", "b"):
        site.write(f"news/{name}.md", front_matter(title=f'"Title {name}"', webUrl=f'"https://{name}.example/"'))
    monkeypatch.chdir(site.root)
    return site


def test_edit_is_in_the_next_build(news: Site):
    """Only what shows the item is written, and pages are told of once in each build."""
    hand = Hand(news)
    first = hand.rebuild()
    assert (True, ()) == (first.is_done, first.problems)
    news.write("news/a.md", front_matter(title='"Other words"', webUrl='"https://a.example/"'))
    second = hand.rebuild()
    assert "Other words" in news.page("news/a/index.html")
    assert "news/a/index.html" in second.changed
    assert len(second.changed) < len(first.changed)
    assert 2 == hand.pages_told


def test_warm_build_equals_a_build_of_its_own(news: Site):
    """What a process that stays has written is what a new one writes, byte for byte."""
    hand = Hand(news)
    hand.rebuild()
    news.write("news/c.md", front_matter(title='"Third"', webUrl='"https://c.example/"'))
    news.write("pages/about.md", "Title: Imprint\n\nSee [it]({filename}/notes/n.md).\n")
    news.write("notes/n.md", "Title: Note\nDate: 2026-05-01 08:00\n\nWords.\n")
    hand.rebuild()
    news.write("notes/n.md", "Title: Note\nDate: 2026-05-01 08:00\nSlug: other\n\nMore words.\n")
    os.unlink(news.root / "content/news/b.md")
    hand.rebuild()
    warm = news.files()
    assert 0 == news.build("-o", "cold", "--cache-path", "no-cache").returncode
    cold = {
        path.relative_to(news.root / "cold").as_posix(): path.read_bytes()
        for path in (news.root / "cold").rglob("*")
        if path.is_file()
    }
    assert cold.keys() == warm.keys()
    assert [] == [path for path in cold if cold[path] != warm[path]]


def test_search_index_can_wait(news: Site):
    """It is made when there is time, and only that of the last build; then a build of its own finds nothing to do."""
    if find_pagefind() is None:
        pytest.skip("no search index: Pagefind is not installed (pip install -e '.[search]')")
    news.settings(DIGEST_WORKERS=1)
    hand = Hand(news)
    hand.rebuild()
    news.write("news/a.md", front_matter(title='"Other words"', webUrl='"https://a.example/"'))
    hand.rebuild()
    assert not (news.output / "pagefind").exists()
    assert hand.finish()
    assert not hand.finish()
    before = news.files()
    assert "pagefind/pagefind-entry.json" in before
    assert " 0 files changed, 0 removed" in " ".join(news.build().stdout.split())
    assert before == news.files()


def test_pelican_keeps_no_article_of_an_earlier_build(news: Site):
    """Its memory of texts holds every article that it has seen, and each of those a whole build."""
    news.write("notes/n.md", "Title: Note\nDate: 2026-05-01 08:00\n\nWords.\n")
    Hand(news).rebuild()
    assert {} == Content.__dict__["get_content"].cache


def test_file_that_breaks_holds_the_site(news: Site):
    """Its page stays, and so does all else, until it is mended; then everything is as the files say."""
    hand = Hand(news)
    hand.rebuild()
    before = news.files()
    news.write("news/a.md", front_matter(title="[", webUrl='"https://a.example/"'))
    news.write("news/b.md", front_matter(title='"New words"', webUrl='"https://b.example/"'))
    result = hand.rebuild()
    assert not result.is_done
    (problem,) = result.problems
    assert ("content/news/a.md", "ND103") == (problem.path, problem.name)
    assert problem.line in {line.number for line in problem.source}
    assert problem.hint
    assert before == news.files()
    news.write("news/a.md", front_matter(title='"Mended"', webUrl='"https://a.example/"'))
    assert [] == hand.said()
    assert "Mended" in news.page("news/a/index.html")
    assert "New words" in news.page("news/b/index.html")


def test_file_that_never_worked_is_left_out(news: Site):
    """The site is built without it, at the first build as later; all that is wrong is said at once."""
    news.write("news/bad-1.md", front_matter(title=""))
    hand = Hand(news)
    first = hand.rebuild()
    assert first.is_done
    assert ["content/news/bad-1.md"] == [problem.path for problem in first.problems]
    news.write("news/bad-2.md", front_matter(publishedDateTime="soon"))
    second = hand.rebuild()
    assert second.is_done
    assert ["ND105", "ND104"] == [problem.name for problem in second.problems]
    assert (news.output / "news/a/index.html").is_file()


def test_broken_file_that_is_deleted_holds_nothing(news: Site):
    """What is gone is gone: its page too."""
    hand = Hand(news)
    hand.rebuild()
    news.write("news/a.md", "---\ntitle: [\n---\n")
    assert not hand.rebuild().is_done
    os.unlink(news.root / "content/news/a.md")
    assert hand.rebuild().is_done
    assert not (news.output / "news/a/index.html").exists()


def test_broken_settings_are_said_with_file_and_line(news: Site):
    """Whatever they raise; the site stays, and the next build tries again."""
    hand = Hand(news)
    hand.rebuild()
    before = news.files()
    good = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    for text, said in {
        f"{good}oops = [\n": f"pelicanconf.py:{good.count(chr(10)) + 1} SyntaxError",
        f"{good}1 / 0\n": f"pelicanconf.py:{good.count(chr(10)) + 1} ZeroDivisionError",
        f"{good}DIGEST_PAGES = 'al'\n": f"pelicanconf.py:{good.count(chr(10)) + 1} SettingError",
        f"{good}import nothing_of_that_name\n": f"pelicanconf.py:{good.count(chr(10)) + 1} ModuleNotFoundError",
    }.items():
        (news.root / "pelicanconf.py").write_text(text, encoding="utf-8")
        assert [said] == hand.said()
        assert before == news.files()
    (news.root / "pelicanconf.py").write_text(good.replace("Tiny", "Tony"), encoding="utf-8")
    assert [] == hand.said()
    assert "Tony" in news.page("index.html")


def test_broken_settings_at_the_start_are_no_end(news: Site):
    """There is no site yet, and what is wrong is known."""
    good = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    (news.root / "pelicanconf.py").write_text("def\n", encoding="utf-8")
    hand = Hand(news)
    assert ["pelicanconf.py:1 SyntaxError"] == hand.said()
    assert hand.owner.layout is None
    (news.root / "pelicanconf.py").write_text(good, encoding="utf-8")
    assert hand.rebuild().is_done


def test_what_settings_import_is_read_again(news: Site):
    """Changes of the same size within the same moment too."""
    hand = Hand(news)
    (news.root / "mine.py").write_text('NAME = "One"\n', encoding="utf-8")
    conf = news.root / "pelicanconf.py"
    head = f"import sys\nsys.path.insert(0, {str(news.root)!r})\n"
    conf.write_text(
        head + conf.read_text(encoding="utf-8") + "from mine import NAME as SITENAME\nsys.path.pop(0)\n",
        encoding="utf-8",
    )
    hand.rebuild()
    assert "One" in news.page("index.html")
    assert str(news.root / "mine.py") in hand.owner.layout.files
    (news.root / "mine.py").write_text('NAME = "Two"\n', encoding="utf-8")
    hand.rebuild()
    assert "Two" in news.page("index.html")


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("{% block main %}\n{% if %}\n{% endblock %}\n", 2, "TemplateSyntaxError"),
        ('{% extends "base.html" %}\n{% block main %}\n\n{{ nothing.here }}{% endblock %}\n', 4, "UndefinedError"),
        ('{% extends "nothing.html" %}\n', 1, "TemplateNotFound"),
        ('{% extends "base.html" %}\n{% block main %}{{ 1 / 0 }}{% endblock %}\n', 2, "ZeroDivisionError"),
        # The newer item's page can be made, the older one's cannot.
        (
            '{% extends "base.html" %}{% block main %}\n{% if view.newer %}{{ 1 / 0 }}{% endif %}{% endblock %}',
            2,
            "ZeroDivisionError",
        ),
    ],
)
def test_broken_template_is_said_with_file_and_line(news: Site, text: str, line: int, name: str):
    """The site stays; a template that works again is used."""
    news.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1, THEME_TEMPLATES_OVERRIDES=[str(news.root / "mine")])
    (news.root / "mine").mkdir()
    hand = Hand(news)
    hand.rebuild()
    before = news.files()
    (news.root / "mine" / "article.html").write_text(text, encoding="utf-8")
    result = hand.rebuild()
    assert not result.is_done
    assert [("mine/article.html", line, name)] == [(p.path, p.line, p.name) for p in result.problems]
    assert before == news.files()
    (news.root / "mine" / "article.html").write_text('{% extends "base.html" %}{% block main %}Mine{% endblock %}')
    assert [] == hand.said()
    assert "Mine" in news.page("news/a/index.html")


def test_error_that_pelican_only_logs_is_said(news: Site):
    """A page that cannot be read is passed over by Pelican with a line in its log."""
    news.write("pages/bad.md", "Title: Imprint\nDate: someday\n\nWords.\n")
    result = Hand(news).rebuild()
    assert result.is_done
    assert 1 == len(result.problems)
    assert "bad.md" in str(result.problems[0])


def test_drafts_are_shown_on_request_and_written_elsewhere(news: Site):
    """Drafts and unpublished items have pages and places in lists there; a normal build never shows them."""
    news.write("news/draft.md", front_matter(title='"A draft"', status="draft", webUrl='"https://d.example/"'))
    news.write("news/un.md", front_matter(title='"Unpublished"', published="false", webUrl='"https://u.example/"'))
    news.write("news/gone.md", front_matter(title='"Taken down"', removed="true", webUrl='"https://g.example/"'))
    hand = Hand(news, shows_drafts=True)
    result = hand.rebuild()
    assert {"draft": "draft", "un": "unpublished"} == result.marks
    shown = (news.root / hand.owner.layout.output / "index.html").read_text(encoding="utf-8")
    assert "A draft" in shown
    assert "Unpublished" in shown
    assert "Taken down" not in shown
    assert not news.output.exists()
    normal = Hand(news)
    assert {} == normal.rebuild().marks
    for name in ("draft", "un"):
        assert not (news.output / f"news/{name}").exists()
    assert "A draft" not in news.page("index.html")


def test_settings_file_cannot_ask_for_drafts(news: Site):
    """What only a preview may do cannot be done by mistake in a build."""
    news.settings(DIGEST_SEARCH=False, NEWS_DIGEST_PREVIEW="drafts and unpublished items too")
    news.write("news/draft.md", front_matter(title='"A draft"', status="draft"))
    assert 0 == news.build().returncode
    assert "A draft" not in news.page("index.html")


@pytest.mark.parametrize(
    ("root", "is_own_folder", "url", "base"),
    [
        ("/", False, "", ""),
        ("/repo/", False, "https://x.example/repo", ""),
        ("/repo/", False, "https://x.example/repo", "/repo/"),
        ("/repo/", True, "", "/repo/"),
        ("/", True, "https://x.example/repo", "/"),
    ],
)
def test_another_path_is_another_site(news: Site, root: str, is_own_folder: bool, url: str, base: str):
    """Links lead below the path that is asked for; what differs from a build does not lie in the output folder."""
    news.settings(DIGEST_SEARCH=False, SITEURL=url)
    hand = Hand(news, base=base)
    hand.rebuild()
    layout = hand.owner.layout
    assert root == layout.root
    assert is_own_folder == (layout.output != str(news.output))
    page = (news.root / layout.output / "index.html").read_text(encoding="utf-8")
    assert f'href="{root}news/a/"' in page


def test_layout_names_what_is_to_be_watched(news: Site):
    """Content, theme, overrides, folders that content leads to; not what is written."""
    elsewhere = news.root / "elsewhere"
    elsewhere.mkdir()
    (news.root / "content" / "linked").symlink_to(elsewhere)
    hand = Hand(news)
    hand.rebuild()
    layout = hand.owner.layout
    assert {str(news.root / "content"), str(ROOT / "theme"), str(elsewhere.resolve())} <= set(layout.trees)
    assert str(news.output) in layout.ignored
    assert hand.owner.is_code(str(ROOT / "plugins/pelican/plugins/news_digest/model.py"))
    assert not hand.owner.is_code(str(news.root / "pelicanconf.py"))
    assert not hand.owner.is_code(os.__file__)


def test_full_disk_is_said(news: Site, tmp_path: Path):
    """What the system refuses is a problem like others: here an output folder that is a file."""
    (tmp_path / "file").write_text("")
    hand = Hand(news, output=tmp_path / "file" / "output")
    result = hand.rebuild()
    assert not result.is_done
    assert [("OutputError", "file")] == [(problem.name, problem.path.partition("/")[0]) for problem in result.problems]
