"""What is added to a page that is served, and what that does not change."""

from __future__ import annotations

import re

import pytest

from pelican.plugins.news_digest.preview.page import Served, served_page, with_leave

ORIGIN = "http://127.0.0.1:8000"
TOOLS = f"{ORIGIN}/_preview/"
POLICY = "default-src 'none'; style-src 'self'; connect-src 'self'; script-src 'self' 'sha256-x='"
PAGE = (
    '<!doctype html><html><head><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<link rel="stylesheet" href="/theme/digest.css?v=1"><title>a > b</title></head>'
    '<body><article data-slug="a"><img src="/images/a.jpg"></article><a href="/b/">b</a></body></html>'
)
FILES = {"/theme/digest.css": b"p{}", "/images/a.jpg": b"a", "/b/": b"b"}


def serve(page: str = PAGE, *, url: str = f"{ORIGIN}/", marks: dict[str, str] | None = None, **files: bytes) -> Served:
    """Return *page* as it is served, where *files* hold other bytes than usual (``_css``, ``_jpg``)."""
    contents = {**FILES, **{path: files[end] for path in FILES for end in files if path.endswith(end.strip("_"))}}
    return served_page(page.encode(), url=url, tools=TOOLS, content_of=contents.get, marks=marks or {})


def test_page_is_the_built_one_and_one_script():
    """Take the script away, and every byte is that of the file."""
    body = serve().body.decode()
    script = re.compile(r'<script src="/_preview/preview\.js" defer data-prints="[0-9a-f]{16}-[0-9a-f]{16}"></script>')
    assert 1 == len(script.findall(body))
    assert PAGE == script.sub("", body)


@pytest.mark.parametrize("page", ["<p>x</p>", "", "<body>x</body>", "<HEAD></HEAD ><BODY></BODY>", "\udcff"])
def test_every_page_gets_the_script(page: str):
    """A fragment, nothing, a page without a head, one in capitals, one that is not UTF-8."""
    data = page.encode("utf-8", "surrogateescape")
    body = served_page(data, url=f"{ORIGIN}/", tools=TOOLS, content_of=FILES.get, marks={}).body
    assert 1 == body.count(b"preview.js")
    assert data == re.sub(rb"<script src=[^>]*></script>", b"", body)


@pytest.mark.parametrize(
    ("wanted", "policy"),
    [
        (POLICY, POLICY),
        ("", ""),
        ("img-src 'none'", "img-src 'none'"),
        ("default-src *", "default-src *"),
        (
            f"default-src 'none'; script-src {TOOLS}; style-src {TOOLS}; connect-src {TOOLS}",
            "default-src 'none'",
        ),
        (
            f"default-src x.example; script-src {TOOLS}; style-src x.example {TOOLS}; connect-src x.example {TOOLS}",
            "default-src x.example; script-src 'none'",
        ),
        (f"script-src-elem 'nonce-x' {TOOLS}; script-src 'self'", "script-src-elem 'nonce-x'; script-src 'self'"),
    ],
)
def test_policy_is_widened_by_the_previews_own_files_alone(wanted: str, policy: str):
    """And only where it would stop them: no keyword, no host, no scheme is added."""
    assert wanted == with_leave(policy, TOOLS)


def test_policy_in_the_page_is_the_wider_one():
    """A page under which nothing runs is served with leave for the preview's files."""
    strict = PAGE.replace(POLICY, "default-src 'none'; sandbox allow-scripts")
    body = serve(strict).body.decode()
    assert f"script-src {TOOLS}" in body
    assert "sandbox allow-scripts" in body
    assert "'self'" not in body


def test_prints_tell_a_change_of_words():
    """Other bytes, another page."""
    before, after = serve(), serve(PAGE.replace("a > b", "c"))
    assert before.prints.page != after.prints.page
    assert before.prints.styles == after.prints.styles


def test_prints_tell_a_change_of_dress_from_one_of_the_page():
    """Another style sheet, with another version in the page's own bytes, is not another page."""
    before, after = serve(), serve(PAGE.replace("?v=1", "?v=2"), _css=b"p{color:red}")
    assert before.prints.page == after.prints.page
    assert before.prints.styles != after.prints.styles
    assert ("/theme/digest.css?v=2",) == after.styles


def test_prints_tell_a_change_of_what_a_style_sheet_names():
    """A font, a picture, a sheet that is imported: they are part of the dress."""
    contents = {**FILES, "/theme/digest.css": b"@import 'more.css'; a{background:url(../x.png)}"}

    def prints(**more: bytes) -> str:
        paths = {"more": "/theme/more.css", "x": "/x.png"}
        files = {**contents, **{paths[name]: data for name, data in more.items()}}
        return served_page(PAGE.encode(), url=f"{ORIGIN}/", tools=TOOLS, content_of=files.get, marks={}).prints.styles

    assert 4 == len({prints(), prints(more=b"a"), prints(more=b"a", x=b"b"), prints(more=b"a", x=b"c")})


def test_prints_tell_a_change_of_a_picture():
    """What a page shows is part of it, though its address stays."""
    assert serve().prints.page != serve(_jpg=b"other").prints.page


def test_prints_do_not_depend_on_pages_that_are_linked_to():
    """An edit of one page does not make every page that leads there load anew."""
    contents = {**FILES, "/b/": b"other"}
    after = served_page(PAGE.encode(), url=f"{ORIGIN}/", tools=TOOLS, content_of=contents.get, marks={})
    assert serve().prints == after.prints


def test_nothing_of_another_host_is_looked_for():
    """A picture from elsewhere is neither fetched nor taken for a file here."""
    asked: list[str] = []

    def content_of(path: str) -> bytes | None:
        asked.append(path)
        return b""

    page = '<img src="https://x.example/images/a.jpg"><img src="//y.example/a.jpg"><img src="data:image/png;base64,AA">'
    served_page(page.encode(), url=f"{ORIGIN}/", tools=TOOLS, content_of=content_of, marks={})
    assert [] == asked


def test_relative_addresses_are_those_of_the_page():
    """With RELATIVE_URLS a page names its files from where it stands."""
    page = PAGE.replace("/images/a.jpg", "../images/a.jpg")
    one, two = serve(page, url=f"{ORIGIN}/b/"), serve(page, url=f"{ORIGIN}/b/", _jpg=b"other")
    assert one.prints.page != two.prints.page


def test_unlisted_items_are_marked_in_every_list():
    """Beside what the page has anyway, so that it needs no script."""
    body = serve(marks={"a": "draft"}).body.decode()
    assert '<article data-slug="a" data-preview="draft">' in body
    assert '<link rel="stylesheet" href="/_preview/marks.css">' in body
    assert "data-preview" not in serve(marks={"b": "draft"}).body.decode()


def test_hostile_page_is_read_in_time():
    """Unclosed tags and quotes do not make the reading slow."""
    for page in ("<meta " * 20_000, "<link a='" * 20_000, '<img src="' * 20_000, "<meta " + "a=b " * 50_000):
        assert b"preview.js" in serve(page).body
