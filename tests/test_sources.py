"""What a source is called, and how many there are: the same on every page of a whole site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pelican.settings import read_settings

from pelican import Pelican
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

COURIER = "\n  name: The Courier\n  domain: courier.example"
RECORD = "---\nname: Ellery Courier\n---\n"


@pytest.fixture
def courier(site: Site) -> Site:
    """Return a site whose items, and their reports, spell one source in four ways."""
    configure(site)
    related = (
        '\n  - {webUrl: "https://courier.example/2", title: "A second report", provider: {name: Courier, domain: '
        'www.courier.example}}\n  - {webUrl: "https://courier.example/3", title: "A third one"}'
        '\n  - {webUrl: "https://elsewhere.example/", title: "D", provider: {name: Else, domain: elsewhere.example}}'
    )
    write(site, "a", "https://courier.example/1", provider=COURIER, related=related)
    write(site, "b", "https://courier.example/b")
    write(site, "c", "https://courier.example/c", provider="\n  name: THE COURIER\n  domain: courier.example")
    site.write("news/own.md", front_matter(title='"Our own words"', webUrl="", provider=""))
    return site


def configure(site: Site, **values: object) -> None:
    """Write settings that a build in this process can have."""
    site.settings(
        **{
            "DIGEST_WORKERS": 1,
            "DIGEST_CARDS": "none",
            "DIGEST_NEWSLETTER_MAILS": True,
            "DIGEST_SEARCH": False,
            "CACHE_PATH": "cache",
            **values,
        }
    )


def write(site: Site, stem: str, url: str, **values: str) -> None:
    """Write an item without a source of its own but for *values*."""
    values = {"provider": "", "topics": "\n  - Harbour", **values}
    site.write(f"news/{stem}.md", front_matter(title=f'"Story {stem}"', webUrl=f'"{url}"', **values))


def build(site: Site, **values: str) -> dict[str, str]:
    """Build in this process; return every file that is text."""
    settings = {**read_settings(str(site.root / "pelicanconf.py")), **values}
    Pelican(settings).run()
    output = site.root / str(settings["OUTPUT_PATH"])
    return {
        p.relative_to(output).as_posix(): p.read_bytes().decode("utf-8", "replace")
        for p in output.rglob("*")
        if p.is_file()
    }


def naming(files: dict[str, str], words: str) -> set[str]:
    """Return the files that hold *words*; the JSON API of the items repeats what their files say."""
    return {path for path, text in files.items() if words in text and not path.startswith("api/news/")}


def test_name_of_the_record_is_shown_everywhere(courier: Site):
    """However items and reports spell it; only the source's own page and the lists of its names tell the others."""
    courier.write("providers/courier.example.md", RECORD)
    files = build(courier)
    for spelling in ("The Courier", "THE COURIER", ">Courier<", "— Courier<"):
        assert naming(files, spelling) <= {"providers/courier.example/index.html", "api/providers/index.json"}
    for path in ("index.html", "latest/index.html", "news/a/index.html", "feeds/all.atom.xml", "feeds/all.json"):
        assert "Ellery Courier" in files[path], path
    assert "Read at Ellery Courier" in files["news/b/index.html"]
    assert {"newsletter/2026-05-01/mail.html", "newsletter/2026-05-01/mail.txt"} <= naming(files, "Ellery Courier")


def test_without_a_record_a_file_that_names_nobody_takes_the_usual_name(courier: Site):
    """In a story's block a source never stands under its name and its domain; two spellings stay two."""
    files = build(courier)
    page = files["news/a/index.html"]
    assert 0 == page.count(">courier.example</a>")
    assert ">The Courier</a>" in page
    assert "THE COURIER" in files["news/c/index.html"]


def test_name_that_only_a_report_knows_is_the_sources(site: Site):
    """The item names nobody, another file's related entry names its source."""
    configure(site)
    write(site, "a", "https://rail.example/a")
    entry = '\n  - {webUrl: "https://rail.example/z", title: "Z", provider: {name: Rail News, domain: rail.example}}'
    other = (
        '\n  - {webUrl: "https://tram.example/1", title: "One"}\n  - {webUrl: "https://tram.example/2", title: "Two", '
    )
    write(
        site, "b", "https://b.example/", related=f"{entry}{other}provider: {{name: Tram News, domain: tram.example}}}}"
    )
    files = build(site)
    assert "Read at Rail News" in files["news/a/index.html"]
    page = files["news/b/index.html"]
    assert (2, 0) == (len(re.findall(r'class="source[^"]*">.*Tram News', page)), page.count("</span>tram.example<"))


def test_record_that_comes_goes_or_is_renamed_changes_what_names_it(courier: Site):
    """A build on top of the last one equals a clean one."""
    path = courier.root / "content" / "providers" / "courier.example.md"
    for number, text in enumerate(
        ("", RECORD, RECORD.replace("Ellery", "New"), "---\ndescription: A paper.\n---\n", "")
    ):
        if text:
            courier.write("providers/courier.example.md", text)
        elif path.exists():
            path.unlink()
        files = build(courier)
        clean = build(
            courier, OUTPUT_PATH=str(courier.root / f"out{number}"), CACHE_PATH=str(courier.root / f"cache{number}")
        )
        assert clean == files


def test_every_page_counts_the_same_sources(courier: Site):
    """Three items of one source, and a text of the site's own: that is one source, wherever it is counted."""
    write(courier, "d", "https://d.example/")
    files = build(courier)
    pages = ("index.html", "2026/05/01/index.html", "2026/w18/index.html", "2026/05/index.html", "2026/index.html")
    editions = tuple(f"newsletter/{stem}/{name}" for stem in ("2026-05-01", "2026-w18") for name in EDITION)
    for path in (*pages, *editions, "about/index.html"):
        assert ["5 stories from 2 sources"] == found(files[path], r"\d+ stor\w+ from \d+ sources?"), path
    assert ["2 sources"] == found(files["providers/index.html"], r"\d+ sources?")


EDITION = ("index.html", "mail.html", "mail.txt")


def test_site_of_own_texts_has_no_source(site: Site):
    """Nobody writes "from 0 sources", and the texts are no sources of each other."""
    configure(site)
    for name in "ab":
        site.write(f"news/{name}.md", front_matter(title=f'"Words {name}"', webUrl="", provider=""))
    files = build(site)
    assert set() == naming(files, "0 sources")
    assert ["2 stories"] == found(files["index.html"], r"\d+ stor\w+(?: from[^<]*)?")


def found(text: str, pattern: str) -> list[str]:
    """Return what *pattern* matches in *text*, each once."""
    return list(dict.fromkeys(re.findall(pattern, text)))
