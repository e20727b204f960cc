"""What is hidden, and what is secret, reaches no file of the output; a build and ``check`` judge alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.errors import without_userinfo
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

KEY = "KEY-77-OPEN"
BLOCK = f'title: "Ropewalk to let"\ndate: 2026-03-14\nsecured: "{KEY}"\nwebUrl: "https://rope.example/a"\n'


@pytest.fixture
def small(site: Site) -> Site:
    """Return a site with one item that may be seen."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    site.write("news/seen.md", front_matter(title='"Seen by all"', webUrl="https://pier.example/seen"))
    return site


def files_with(site: Site, *words: str) -> list[str]:
    """Return the files of the output that hold one of *words*, in their names or their text."""
    found = {name: name.encode() + data for name, data in site.files().items()}
    return sorted(name for name, data in found.items() if any(word.encode() in data for word in words))


def said_by_check(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what ``news-digest check`` prints."""
    monkeypatch.chdir(site.root)
    main(["check"])
    return capsys.readouterr().out


@pytest.mark.parametrize("stock", [False, True])
def test_a_block_that_is_nearly_one_reaches_no_page(
    small: Site, stock: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """In the news folder, among Pelican's own articles and among pages; build and check say the same of the news."""
    if stock:
        small.settings(THEME="simple")
    for name, text in (
        ("four", f"----\n{BLOCK}----\nAsk at the gate."),
        ("plus", f"+++\n{BLOCK}+++\nAsk at the gate."),
        ("space", f" ---\n{BLOCK}---\nAsk at the gate."),
        ("none", f"{BLOCK}topics:\n  - Ropes\n---\nAsk at the gate."),
        ("early", f"---\ntitle: A\npublishedDateTime: 2026-03-14\n---\n{BLOCK}---\nAsk at the gate."),
        ("headers", f"Title: A\nDate: 2026-03-14\n\nsecured: {KEY}\n"),
    ):
        for folder in ("news", "blog", "pages"):
            small.write(f"{folder}/{name}.md", text)
    small.write("news/below.md", front_matter(related=f"[{{title: A, webUrl: 'https://a.example/', Secured: {KEY}}}]"))
    small.write("pages/meta.md", f"Title: A page\nSecured: {KEY}\n\nText.")
    small.write("pages/block.md", f"---\ntitle: Another page\nSecured: {KEY}\n---\nText.")
    built = small.build()
    assert [] == files_with(small, KEY, "Ropewalk", "at the gate")
    assert files_with(small, "Seen by all")
    checked = said_by_check(small, capsys, monkeypatch)
    for name in ("four", "plus", "space", "none", "early", "headers"):
        assert f"news/{name}.md:" in built.stdout
        assert f"news/{name}.md:" in checked
    assert KEY not in built.stdout + checked


@pytest.mark.parametrize("stock", [False, True])
def test_a_hidden_item_reaches_no_file(
    small: Site, stock: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Neither its title nor its name, on no page, in no feed, and not on the public page about the build."""
    if stock:
        small.settings(THEME="simple")
    lines = (
        "published: no",
        "draft: true",
        "Draft: perhaps",
        "status: secret",
        "removed: [1]",
        "hidden: Y",
        "publised: off",
    )
    for number, line in enumerate(lines):
        text = front_matter(title='"The quiet one"', webUrl=f"https://quiet.example/{number}", published="")
        small.write(f"news/quiet-{number}.md", text.replace("---\n", f"---\n{line}\n", 1))
        headers = "" if line.startswith("removed") else line
        small.write(
            f"blog/quiet-{number}.md", f"Title: The quiet one\nDate: 2026-05-01\n{headers or 'Removed: yes'}\n\nA"
        )
        small.write(f"pages/quiet-{number}.md", f"---\ntitle: The quiet one\n{line}\n---\nText.")
    small.write("news/quiet-9.md", '---\ndraft: true\nwebUrl: "https://quiet.example/9"\ntitle: The quiet one\n---\n')
    built = small.build()
    assert [] == files_with(small, "quiet-", "quiet one", "quiet.example")
    assert files_with(small, "Seen by all")
    checked = said_by_check(small, capsys, monkeypatch)
    for number, code in ((2, "ND119"), (3, "ND119"), (4, "ND119"), (6, "ND119"), (9, "ND104")):
        assert f"news/quiet-{number}.md:2: {code}".replace(":2: ND104", ":1: ND104") in built.stdout
        assert f"news/quiet-{number}.md:2: {code}".replace(":2: ND104", ":1: ND104") in checked


def test_who_links_to_a_draft_tells_nothing_of_it(small: Site):
    """A link to the same source keeps its own words: those of the draft reached every list that had the link."""
    link = "[{title: Said by another, webUrl: 'https://quiet.example/a', provider: {domain: quiet.example}}]"
    small.write("news/links.md", front_matter(title='"Linking"', webUrl="https://pier.example/links", related=link))
    draft = {"provider": "{name: Quiet Press, domain: quiet.example}", "topics": "[Quiet Topic]", "draft": "true"}
    back = "[{title: Back, webUrl: 'https://pier.example/seen'}]"
    text = front_matter(title='"The quiet one"', webUrl="https://quiet.example/a", published="", related=back, **draft)
    small.write("news/quiet.md", text)
    small.write("news/own.md", "Title: The quiet one\nDate: 2026-05-01\nDraft: yes\nTags: Quiet Topic\n\nText.\n")
    built = small.build()
    assert [] == files_with(small, "quiet one", "Quiet Press", "Quiet Topic", "news/own", "news/quiet")
    assert files_with(small, "Said by another")
    assert "ND101" not in built.stdout


ADDRESSES = (
    "https://ann:hunter3@winch.example/b",
    "//ann:hunter3@winch.example/b",
    "http://hunter3@winch.example/b",
    "https://ann:hunter3@@winch.example/b",
    "https://ann:hun/hunter3@winch.example/b",
    "https://ann:hunter3%40winch.example/b",
    "https:ann:hunter3@winch.example/b",
    "https://ann:hunter3\uff20winch.example/b",
    "ann:hunter3@winch.example/b",
    "ann:hunter3\uff20winch.example/b",
    "ann:hunter3%40winch.example/b",
    "ann:hunter3\ufe6bwinch.example/b",
    "ftp://ann:hunter3@winch.example/b",
    "https://ok.example/?to=https://ann:hunter3@winch.example/b",
    "https%3A%2F%2Fann%3Ahunter3%40winch.example/b",
    "https\uff1a//ann:hunter3@winch.example/b",
    "https://ann:" + "hunter3" * 30 + "@winch.example/b",
)


def test_credentials_reach_no_file_and_no_line(
    small: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """In whatever key an address with a user name or password stands: no output, no log and no public report has it."""
    for number, address in enumerate(ADDRESSES):
        quoted = f'"{address}"'
        title = "title: Winch, see https://ann:hunter3@winch.example/b\npublishedDateTime: 2026-05-01T08:00:00Z"
        picture = f"[{{url: {quoted}, width: 900, height: 600}}]"
        for key, value in (
            ("webUrl", quoted), ("originalUrl", quoted), ("ampWebUrl", quoted), ("featuredContent", quoted),
            ("images", picture), ("related", f"[{{title: Other, webUrl: {quoted}, provider: {{domain: {quoted}}}}}]"),
            ("provider", f"{{name: Dredge, domain: {quoted}, images: {picture}}}"),
        ):  # fmt: skip
            small.write(f"news/{key}-{number}.md", f"---\n{title}\n{key}: {value}\n---\nText.")
        link = address if "//" in address or "https:" in address else f"https://{address}"
        small.write(f"news/body-{number}.md", f"---\n{title}\n---\nSee [this]({link}), ![that]({link}) or {link}.")
        text = f"Title: Own {number}\nDate: 2026-05-01\nSummary: Of {link}\n\nSee [this]({link}) or {link}.\n"
        small.write(f"blog/own-{number}.md", text)
        small.write(f"blog/own-{number}.html", f"<title>{link}</title><meta name=date content=2026-05-01><body>{link}")
        small.write(f"pages/own-{number}.md", text)
        record = f"name: Dredge {number}\nimages: [{quoted}]\nservices: {{news: {quoted}}}\ndescription: Of {link}\n"
        small.write(f"topics/dredge-{number}.yaml", record)
        small.write(
            f"providers/dredge-{number}.md", f"---\nname: D\ndomain: {quoted}\nimages: [{{url: {quoted}}}]\n---\n"
        )
    mail = "---\ntitle: A\npublishedDateTime: 2026-03-14\n---\n<a href='https://ann:hunter3@winch.example/b'>b</a>"
    small.write("newsletters/a.html", mail)
    built = small.build()
    assert [] == files_with(small, "hunter3")
    assert "hunter3" not in built.stdout + said_by_check(small, capsys, monkeypatch)
    assert "user name" in built.stdout
    assert files_with(small, "winch.example")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("https://medium.com/@ann/a", "https://medium.com/@ann/a"),
        ("https://a.example:8080/@b", "https://a.example:8080/@b"),
        ("https://a.example/?mail=a@b.example", "https://a.example/?mail=a@b.example"),
        ("https://a.example/?u=https%3A%2F%2Fb.example", "https://a.example/?u=https%3A%2F%2Fann%3Apw%40b.example"),
        ("https%253A%252F%252Fb.example", "https%253A%252F%252Fann%253Apw%2540b.example"),
        ("https://a.example/r/https://b.example/", "https://a.example/r/https://ann:pw@b.example/"),
        ("https%3A%2F%2Fmedium.com%2F%40ann%2Fa", "https%3A%2F%2Fmedium.com%2F%40ann%2Fa"),
        ("u=https%3A%2F%2Fa.example%3Fmail%3Da%40b&to=a%40b", "u=https%3A%2F%2Fa.example%3Fmail%3Da%40b&to=a%40b"),
        ("mailto:ann@a.example", "mailto:ann@a.example"),
        ("https://a.example/#x:y@z", "https://a.example/#x:y@z"),
        ("see //a.example/b.", "see //ann:pw@a.example/b."),
        ("a https://a.example b https://b.example", "a https://x:y@a.example b https://z@b.example"),
        ("/" * 1000, "/" * 1000 + "@"),
    ],
)
def test_only_what_names_a_user_is_left_out(expected: str, text: str):
    """An `@` in a path, a query, a fragment or a mail's address stays."""
    assert expected == without_userinfo(text)
