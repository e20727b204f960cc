"""One file's text → one clean :class:`NewsItem`, or the diagnostics that say why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..errors import ContentError, Diagnostic, diagnose
from ..model import ImageRef, ItemType, NewsItem, ProviderRef, RelatedLink, Status
from .address import AddressError, clean_address, clean_domain, link_key, readable_host
from .body import read_embed, render_body, video_of
from .dates import DATE_HINT, parse_date
from .schema import PELICAN_KEYS, decode_item
from .text import clean_excerpt, clean_markup_text, clean_name, clean_title, fold, has_mojibake
from .yaml12 import FrontMatterError, line_of, load_front_matter, split_front_matter

if TYPE_CHECKING:
    from datetime import tzinfo

    from .schema import RawImage, RawItem, RawProvider, RawRelated

_API_KEYS: Final = (
    "title excerpt webUrl originalUrl featuredContent heat images type ampWebUrl cdnAmpWebUrl provider category topics"
).split()
# What each other report on a story adds to its heat, where the file does not say the heat.
POINTS_PER_REPORT: Final = 20
_LANG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_FRONT_MATTER_HINT: Final = "begin the file with '---', then 'key: value' lines, then '---'"

Step = str | int


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave: an item, or None, and everything there is to say about it."""

    item: NewsItem | None
    diagnostics: tuple[Diagnostic, ...] = ()


class RelatedPool:
    """Related entries seen so far: each member's file repeats the whole cluster, equal entries are one object."""

    def __init__(self) -> None:
        self._links: dict[tuple[object, ...], RelatedLink | None] = {}

    def link(self, raw: RawRelated, *, tz: tzinfo) -> RelatedLink | None:
        """Return *raw* as a clean link; None when it leads nowhere."""
        who = raw.provider
        identity = (
            raw.web_url,
            raw.original_url,
            raw.title,
            raw.excerpt,
            str(raw.published_date_time),
            raw.quality,
            who and (who.name, who.domain),
        )
        try:
            return self._links[identity]
        except KeyError:
            link = self._links[identity] = _related_link(raw, tz=tz)
            return link
        except TypeError:  # a list where text belongs
            return _related_link(raw, tz=tz)


def parse_item(text: str, *, source_path: str, slug: str, address: str, tz: tzinfo, pool: RelatedPool) -> Parsed:
    """Return the item that *text* holds.

    Args:
        text: The whole file, with a ``---`` block on top.
        source_path: For diagnostics and the record; relative to the content folder.
        slug: The file's stem, already made unique.
        address: Site-relative address of the item's page.
        tz: The site's time zone, for dates that name none.
        pool: Shares equal related entries between files.
    """
    try:
        fm, body = split_front_matter(text)
        data = load_front_matter(fm)
    except FrontMatterError as error:
        return Parsed(item=None, diagnostics=(_unreadable(error, source_path),))
    reader = _ItemReader(data, fm=fm, source_path=source_path, tz=tz, pool=pool)
    try:
        item = reader.item(slug=slug, address=address, body=body)
    except ContentError as error:
        return Parsed(item=None, diagnostics=(*reader.diagnostics, error.diagnostic))
    return Parsed(item=item, diagnostics=tuple(reader.diagnostics))


def _unreadable(error: FrontMatterError, path: str) -> Diagnostic:
    if error.is_duplicate_key:
        return diagnose("ND106", error.problem, path=path, line=error.line, hint="keep one of the two")
    if error.line == 1:
        return diagnose("ND101", error.problem, path=path, line=1, hint=_FRONT_MATTER_HINT)
    hint = "put text that holds ':' or '#' or begins with a special character in double quotes"
    return diagnose("ND103", f"not YAML: {error.problem}", path=path, line=error.line, hint=hint)


class _ItemReader:
    """Reads one record; collects what it has to say on the way."""

    def __init__(self, data: dict[str, Any], *, fm: str, source_path: str, tz: tzinfo, pool: RelatedPool) -> None:
        self.data, self.fm, self.path, self.tz, self.pool = data, fm, source_path, tz, pool
        self.diagnostics: list[Diagnostic] = []
        self.raw, self.extra, mistakes = decode_item(data)
        for mistake in mistakes:
            shown = ".".join(str(step) for step in mistake.path) or "front matter"
            self.report("ND107", mistake.path, f"{shown}: {mistake.message}", "mend the value; it was left out")

    def report(self, code: str, path: tuple[Step, ...], message: str, hint: str = "") -> None:
        self.diagnostics.append(self.diagnostic(code, path, message, hint))

    def diagnostic(self, code: str, path: tuple[Step, ...], message: str, hint: str) -> Diagnostic:
        return diagnose(code, message, path=self.path, line=line_of(self.fm, path) or 1, hint=hint)

    def item(self, *, slug: str, address: str, body: str) -> NewsItem:
        raw = self.raw
        title = clean_title(_text(raw.title))
        if not title:
            raise ContentError(self.diagnostic("ND105", ("title",), "title: missing or empty", "give it a headline"))
        web, original = self.link("webUrl", raw.web_url), self.link("originalUrl", raw.original_url)
        url = web or original
        amp = tuple(u for u in (self.quiet_link(raw.amp_web_url), self.quiet_link(raw.cdn_amp_web_url)) if u)
        video = None
        if raw.featured_content is not None and _text(raw.featured_content).strip():
            embed = read_embed(_text(raw.featured_content))
            video = embed.video
            if embed.refused:
                self.report(
                    "ND111", ("featuredContent",), f"featuredContent: {embed.refused}", "the player is left out"
                )
        kind = self.type()
        if kind is ItemType.VIDEO and video is None:
            video = video_of(original)
        related = self.related(own_keys={link_key(u) for u in (web, original, *amp) if u})
        quality = raw.quality or 0
        item = NewsItem(
            slug=slug,
            source_path=self.path,
            title=title,
            excerpt=clean_excerpt(_text(raw.excerpt)),
            date=self.date(),
            modified=self.modified(),
            category=clean_name(_text(raw.category)) or "news",
            topics=_topics(raw),
            provider=self.provider(raw.provider, url),
            status=self.status(),
            lang=self.lang(),
            # A video's `originalUrl` is where the video lives: without `webUrl` the item itself lives here.
            url=web or ("" if kind is ItemType.VIDEO and video else original),
            alternate_urls=tuple(dict.fromkeys((*amp, *((original,) if original and original != url else ())))),
            type=kind,
            quality=quality,
            heat=raw.heat if raw.heat is not None else quality + POINTS_PER_REPORT * len(related),
            images=self.images(raw.images, ("images",)),
            video=video,
            related=related,
            body=render_body(body),
            address=address,
            raw={key: _portable(self.data[key]) for key in _API_KEYS if key in self.data},
            extra={key: _portable(value) for key, value in self.extra.items() if key not in PELICAN_KEYS},
        )
        self.notes(item)
        return item

    def notes(self, item: NewsItem) -> None:
        for key in self.extra:
            if key in PELICAN_KEYS - {"author", "authors", "status"}:
                self.report("ND123", (key,), f"{key}: has no effect here", "the file's name is the address")
            elif key not in PELICAN_KEYS:
                self.report("ND121", (key,), f"{key}: not a key of the format", "kept for your own templates")
        for key, value in (("title", item.title), ("excerpt", item.excerpt)):
            if has_mojibake(value):
                self.report("ND122", (key,), f"{key}: {value[:60]!r} was decoded wrongly once", "mend it at the source")

    def date(self) -> Any:  # noqa: ANN401 - a datetime; NewsItem's own check is the type
        value = self.raw.published_date_time
        found = parse_date(value, tz=self.tz)
        if found is None:
            problem = (
                f'publishedDateTime: "{value}" is not a date' if value is not None else "publishedDateTime: missing"
            )
            raise ContentError(self.diagnostic("ND104", ("publishedDateTime",), problem, DATE_HINT))
        return found

    def modified(self) -> Any:  # noqa: ANN401 - as above, or None
        value = self.raw.updated_date_time
        found = parse_date(value, tz=self.tz)
        if found is None and value is not None:
            self.report("ND109", ("updatedDateTime",), f'updatedDateTime: "{value}" is not a date', DATE_HINT)
        return found

    def status(self) -> Status:
        word = _text(self.data.get("status")).lower()
        if self.raw.removed:
            return Status.REMOVED
        if word == "draft":
            return Status.DRAFT
        if self.raw.published is False or word == "hidden":
            return Status.UNPUBLISHED
        return Status.PUBLISHED

    def type(self) -> ItemType:
        word = _text(self.raw.type).strip().lower()
        try:
            return ItemType(word or "article")
        except ValueError:
            self.report("ND120", ("type",), f"type: {word!r} is unknown", "shown as an article")
            return ItemType.ARTICLE

    def lang(self) -> str:
        value = _text(self.raw.locale).strip()
        if not value:
            return ""
        if not _LANG.match(value):
            self.report("ND110", ("locale",), f"locale: {value!r} is no language tag", "write it as en-US or ar")
            return ""
        first, *rest = value.replace("_", "-").split("-")
        return "-".join([first.lower(), *(_subtag(part) for part in rest)])

    def link(self, key: str, value: object) -> str:
        text = _text(value).strip()
        if not text:
            return ""
        try:
            return clean_address(text)
        except AddressError as error:
            self.report("ND108", (key,), f"{key}: {text[:80]!r} is {error}", "give the full https address")
            return ""

    def quiet_link(self, value: object) -> str:
        """Return a clean address for comparing only: a bad one has no effect and is nobody's concern."""
        try:
            return clean_address(_text(value))
        except AddressError:
            return ""

    def provider(self, raw: RawProvider | None, url: str) -> ProviderRef | None:
        found = _provider_ref(raw, icon=self.images(raw.images, ("provider", "images"))[:1] if raw else ())
        if found is not None:
            return found
        author = self.data.get("author") or self.data.get("authors")
        name = clean_name(_text(author[0] if isinstance(author, list) and author else author))
        domain = readable_host(url)
        return ProviderRef(domain=domain, name=name or domain) if name or domain else None

    def images(self, raws: list[RawImage] | None, path: tuple[Step, ...]) -> tuple[ImageRef, ...]:
        images = []
        for index, raw in enumerate(raws or ()):
            text = _text(raw.url).strip()
            if not text:
                continue
            try:
                images.append(_image_ref(raw))
            except AddressError as error:
                message = f"{'.'.join(map(str, path))}.{index}.url: {text[:80]!r} is {error}"
                self.report("ND108", (*path, index, "url"), message, "the picture is left out")
        return tuple(images)

    def related(self, *, own_keys: set[str]) -> tuple[RelatedLink, ...]:
        links: dict[str, RelatedLink] = {}
        for index, raw in enumerate(self.raw.related or ()):
            link = self.pool.link(raw, tz=self.tz)
            if link is None:
                shown = _text(raw.web_url)[:80]
                self.report("ND108", ("related", index), f"related.{index}.webUrl: {shown!r} cannot be linked to")
            elif link.key not in own_keys:
                links.setdefault(link.key, link)
        return tuple(links.values())


def _related_link(raw: RawRelated, *, tz: tzinfo) -> RelatedLink | None:
    try:
        url = clean_address(_text(raw.web_url) or _text(raw.original_url))
    except AddressError:
        return None
    return RelatedLink(
        url=url,
        key=link_key(url),
        title=clean_title(_text(raw.title)) or readable_host(url),
        excerpt=clean_markup_text(_text(raw.excerpt)),
        date=parse_date(raw.published_date_time, tz=tz),
        provider=_provider_ref(raw.provider) or ProviderRef(domain=readable_host(url), name=readable_host(url)),
        quality=raw.quality or 0,
    )


def _provider_ref(raw: RawProvider | None, *, icon: tuple[ImageRef, ...] = ()) -> ProviderRef | None:
    if raw is None:
        return None
    domain, name = clean_domain(_text(raw.domain)), clean_name(_text(raw.name))
    if not domain and not name:
        return None
    return ProviderRef(domain=domain, name=name or domain, icon=icon[0] if icon else None)


def _image_ref(raw: RawImage) -> ImageRef:
    text = _text(raw.url).strip().replace("&amp;", "&")
    if re.match(r"/(?!/)|(?![a-zA-Z][a-zA-Z0-9+.-]*:)[\w.-]+/", text) and "\\" not in text:
        url = "/" + text.lstrip("/")
        if ".." in url.split("/"):
            msg = "a path with '..'"
            raise AddressError(msg)
    else:
        url = clean_address(text)
    return ImageRef(
        url=url,
        width_px=max(raw.width or 0, 0),
        height_px=max(raw.height or 0, 0),
        title=clean_title(_text(raw.title)),
    )


def _topics(raw: RawItem) -> tuple[str, ...]:
    names = (clean_name(_text(topic)) for topic in raw.topics or ())
    unique: dict[str, str] = {}
    for name in names:
        if name:
            unique.setdefault(fold(name), name)
    return tuple(unique.values())


def _subtag(part: str) -> str:
    """Return a language subtag as BCP 47 writes it: scripts ``Hans``, regions ``US``, the rest lower case."""
    if len(part) == len("Hans") and part.isalpha():
        return part.title()
    return part.upper() if len(part) == len("US") else part.lower()


def _portable(value: object) -> object:
    """Return *value* in what every format can hold: a whole number of more than 64 bits becomes text."""
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, list):
        return [_portable(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): _portable(entry) for key, entry in value.items()}
    return value


def _text(value: object) -> str:
    """Return a scalar as the text it was before YAML read it; lists and maps are no text."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
