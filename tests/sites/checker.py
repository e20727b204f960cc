"""Reads a whole output folder as a browser would, and says which links lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml import etree

# Attributes that hold one address; `srcset` holds several.
ADDRESSES = frozenset(("href", "src", "poster", "action"))
# What `meta` elements name for those who share the page.
SHARED = frozenset(("og:image", "og:url"))
NOWHERE = "http://site.invalid"


@dataclass(frozen=True)
class Page:
    """One HTML file: where its links lead, and the places in it that can be led to."""

    links: tuple[str, ...]
    ids: frozenset[str]


@dataclass(frozen=True)
class OutputChecker:
    """Checks the links of one output folder.

    Attributes:
        folder: The output folder.
        siteurl: ``SITEURL``; may have a path (``https://x.example/repo``), may be empty.
    """

    folder: Path
    siteurl: str = ""

    @cached_property
    def known(self) -> dict[str, str]:
        """Link → what :meth:`problem` said of it."""
        return {}

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, relative to the folder."""
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every HTML file, parsed."""
        return {path: read_page(self.folder / path) for path in sorted(self.files) if path.endswith(".html")}

    @property
    def base(self) -> str:
        """The absolute address of the site's root, with a slash at its end."""
        return f"{(self.siteurl or NOWHERE).rstrip('/')}/"

    def broken(self) -> list[str]:
        """Return ``page: address → why`` for every internal link, asset and feed that leads nowhere."""
        problems = []
        for path, page in self.pages.items():
            # 404.html is shown under any address: what it links to must not depend on where it lies.
            shown_as = "no/such/page" if path == "404.html" else path
            for link in page.links:
                problem = self.problem(link, shown_as=shown_as, ids=page.ids)
                if problem:
                    problems.append(f"{path}: {link} → {problem}")
        for path in sorted(self.files):
            if path.endswith(".xml"):
                problems += [
                    f"{path}: {link} → {p}" for link in xml_links(self.folder / path) if (p := self.problem(link))
                ]
        return sorted(set(problems))

    def problem(self, link: str, *, shown_as: str = "", ids: frozenset[str] = frozenset()) -> str:
        """Return why *link* leads nowhere; ``""`` when it leads somewhere, or out."""
        if link.startswith("{{"):  # what whoever sends a mail fills in
            return "" if shown_as.endswith("/mail.html") else "a placeholder"
        if link.startswith("#"):
            return "" if unquote(link[1:]) in {"", *ids} else "no such place on this page"
        # Most links mean the same on every page, and stand on many.
        is_relative = not link.startswith(("/", "http://", "https://"))
        key = f"{shown_as} {link}" if is_relative else link
        if key not in self.known:
            self.known[key] = self._problem(urlsplit(urljoin(self.base + shown_as, link.strip())))
        return self.known[key]

    def _problem(self, target: SplitResult) -> str:
        home = urlsplit(self.base)
        if target.scheme not in {"http", "https"} or target.netloc != home.netloc:
            return ""
        if not target.path.startswith(home.path):
            return f"outside {home.path}"
        path = unquote(target.path.removeprefix(home.path))
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if file not in self.files:
            return "no such file"
        fragment = unquote(target.fragment)
        if not fragment or not file.endswith(".html"):
            return ""
        return "" if fragment in self.pages[file].ids else f"no such place: #{fragment}"

    def linked(self) -> set[str]:
        """Return the files that some page links to."""
        found = set()
        for path, page in self.pages.items():
            for link in page.links:
                target = urlsplit(urljoin(self.base + path, link))
                if target.netloc == urlsplit(self.base).netloc:
                    inside = unquote(target.path.removeprefix(urlsplit(self.base).path))
                    found.add(f"{inside}index.html" if not inside or inside.endswith("/") else inside)
        return found


def read_page(path: Path) -> Page:
    """Return the links and the ids of one HTML file."""
    root = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    links, ids = [], {"top"}
    for element in root.iter("*"):
        for name, value in element.items():
            if name in ADDRESSES or (name == "content" and element.get("property") in SHARED):
                links.append(value)
            elif name == "srcset":
                links += [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
            elif name == "id" or (name == "name" and element.tag == "a"):
                ids.add(value)
    return Page(links=tuple(links), ids=frozenset(ids))


def xml_links(path: Path) -> list[str]:
    """Return the addresses in a feed or a sitemap."""
    root = etree.fromstring(path.read_bytes())
    return [str(found) for found in root.xpath("//*[local-name()='loc']/text() | //*[local-name()='link']/@href")]
