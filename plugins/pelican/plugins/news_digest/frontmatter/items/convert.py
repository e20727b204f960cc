"""One file's text → one clean :class:`NewsItem`, or the diagnostics that say why not."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from sys import intern
from typing import Any, Final, cast

import msgspec

from ...disk.limits import USUAL_LIMITS, Limits
from ...errors import ContentError, Diagnostic, diagnose, masked, without_userinfo
from ...model import Correction, ImageRef, ItemType, NewsItem, ProviderRef, RelatedLink, Status, VideoRef
from ...text.address import AddressError, clean_address, link_key, readable_host
from ...text.dates import date_hint, parse_date
from ...text.language_tags import language_tag
from ...text.plain import clean_excerpt, clean_name, clean_title, has_mojibake
from ..body.item_body import read_body
from ..body.markdown import read_embed, video_of
from ..yaml.yaml12 import LineFinder
from .corrections import read_corrections
from .curated import read_curated, read_imported, read_ranked
from .declared import read_declared
from .links import RelatedPool, image_ref, provider_ref, related_link
from .meant import empty_notes, in_plain_words, key_notes, related_hint
from .parts import FileValues, read_values
from .schema import PELICAN_KEYS, PELICAN_NAMES, RawImage, RawProvider, decode_item
from .values import (
    MAX_SHOWN_CHARS,
    STORY_HINT,
    cut_values,
    distinct_names,
    in_bounds,
    packed_raw,
    portable,
    public_values,
    shown,
    story_id,
    text_of,
)
from .visibility import visibility, yes_or_no

# What each other report on a story adds to its heat, where the file does not say the heat.
POINTS_PER_REPORT: Final = 20
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)

Step = str | int


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave: an item, or None, everything there is to say about it, and whether it read other files."""

    item: NewsItem | None
    diagnostics: tuple[Diagnostic, ...] = ()
    reads: bool = False


def parse_item(  # noqa: PLR0913 - each is one thing that a file cannot know
    text: str,
    *,
    source_path: str,
    slug: str,
    address: str,
    tz: tzinfo,
    pool: RelatedPool | None = None,
    limits: Limits = USUAL_LIMITS,
) -> Parsed:
    """Return the item that *text* holds.

    Args:
        text: The whole file, with a ``---`` block on top.
        source_path: For diagnostics and the record; relative to the content folder.
        slug: The file's stem, already made unique.
        address: Site-relative address of the item's page.
        tz: The site's time zone, for dates that name none.
        pool: Shares related entries between the files of one archive.
        limits: What one file may ask for.
    """
    try:
        values = read_values(text, source_path=source_path, tz=tz, pool=pool or RelatedPool(), limits=limits)
    except ContentError as error:
        return Parsed(item=None, diagnostics=(error.diagnostic,))
    return convert_values(values, source_path=source_path, slug=slug, address=address, tz=tz, limits=limits)


def convert_values(
    values: FileValues, *, source_path: str, slug: str, address: str, tz: tzinfo, limits: Limits = USUAL_LIMITS
) -> Parsed:
    """Return the item that *values* describe; see :func:`parse_item`."""
    reader = _ItemReader(values, source_path=source_path, tz=tz, limits=limits)
    try:
        item = reader.item(slug=slug, address=address, body=values.body)
    except ContentError as error:
        said = (*reader.diagnostics, *reader.fatal, error.diagnostic)
        if reader.hides:
            said = tuple(msgspec.structs.replace(diagnostic, is_private=True) for diagnostic in said)
        return Parsed(item=None, diagnostics=said)
    return Parsed(item=item, diagnostics=tuple(reader.diagnostics), reads=reader.reads)


class _ItemReader:
    """Reads one record; collects what it has to say on the way."""

    def __init__(self, values: FileValues, *, source_path: str, tz: tzinfo, limits: Limits) -> None:
        data, too_long = cut_values(values.data)
        self.data, self.known_links, self.path = data, values.links, source_path
        self.tz, self.limits = tz, limits
        self.lines = LineFinder(values.fm)
        self.fm = values.fm
        self.diagnostics: list[Diagnostic] = []
        self.fatal: list[Diagnostic] = []
        self.hides = self.reads = False
        # Pelican's names, where the file uses them in place of the format's.
        self.written = {name: key for key, name in PELICAN_NAMES.items() if key in data and name not in data}
        self.raw, self.extra, mistakes = decode_item(data)
        for place, length in too_long.items():
            self.report("ND127", place, f"{'.'.join(place)}: {length}", "the rest is left out; the body has room")
        self.left_out = {mistake.path for mistake in mistakes}
        for mistake in mistakes:
            where = ".".join((self.name(str(mistake.path[0])), *map(str, mistake.path[1:]))) if mistake.path else "file"
            words = in_plain_words(mistake, {**data, **{name: data[key] for name, key in self.written.items()}})
            self.report("ND107", mistake.path, f"{where}: {words}", "value ignored; fix it")

    def name(self, key: str) -> str:
        """Return what the file calls *key*."""
        return self.written.get(key, key)

    def report(self, code: str, path: tuple[Step, ...], message: str, hint: str = "") -> None:
        self.diagnostics.append(self.diagnostic(code, path, message, hint))

    def diagnostic(self, code: str, path: tuple[Step, ...], message: str, hint: str) -> Diagnostic:
        path = (self.name(str(path[0])), *path[1:]) if path else path
        return diagnose(code, message, path=self.path, line=self.lines.line(path) or 1, hint=hint)

    def item(self, *, slug: str, address: str, body: str) -> NewsItem:
        raw = self.raw
        title, date = clean_title(text_of(raw.title)), self.date()
        web, original = self.link("webUrl", raw.web_url), self.link("originalUrl", raw.original_url)
        amp = tuple(u for u in (self.quiet_link(raw.amp_web_url), self.quiet_link(raw.cdn_amp_web_url)) if u)
        video = self.video()
        kind = self.type()
        if kind is ItemType.VIDEO and video is None:
            video = video_of(original) or video_of(web)
        # A video's `originalUrl` is where the video lives: without `webUrl` the item itself lives here.
        url = web or ("" if kind is ItemType.VIDEO and video else original)
        related = self.related(own_keys={link_key(u) for u in (web, original, *amp) if u})
        quality = raw.quality or 0
        imported_from, first_seen = read_imported(raw.imported)
        declared = read_declared(raw, self.report, tz=self.tz)
        if not title:
            self.fatal.append(self.diagnostic("ND105", ("title",), "title: missing or empty", "give it a headline"))
        item = NewsItem(
            slug=slug,
            source_path=self.path,
            title=title,
            excerpt=clean_excerpt(text_of(raw.excerpt)),
            date=date or _NO_DATE,
            modified=self.modified(),
            category=intern(clean_name(text_of(raw.category)) or "news"),  # what is usual is not kept in the cache
            topics=self.topics(),
            provider=self.provider(raw.provider, web or original),
            status=self.status(date),
            lang=self.lang(),
            url=url,
            alternate_urls=tuple(dict.fromkeys((*amp, *((original,) if original and original != url else ())))),
            type=kind,
            quality=quality,
            heat=raw.heat if raw.heat is not None else quality + POINTS_PER_REPORT * len(related),
            has_own_quality=raw.quality is not None,
            has_own_heat=raw.heat is not None,
            images=self.images(raw.images, ("images",)),
            video=video,
            related=related,
            corrections=self.corrections(),
            access=declared.access,
            audio=declared.audio,
            discussions=declared.discussions,
            dead=declared.dead,
            story=self.story(),
            curated=read_curated(raw.curated),
            ranked=read_ranked(raw.ranked),
            imported_from=imported_from,
            first_seen=first_seen,
            body=self.body(body, slug=slug),
            address=address,
            extra=cast("dict[str, Any]", portable({k: v for k, v in self.extra.items() if k not in PELICAN_KEYS})),
        )
        self.notes(item)
        # Everything was looked at before the file is given up: whoever mends it wants to know all of it.
        if self.fatal:
            raise ContentError(self.fatal.pop())
        # Nobody else has seen it: frozen begins here.
        msgspec.structs.force_setattr(item, "packed", packed_raw(public_values(self.data), item))
        return item

    def video(self) -> VideoRef | None:
        html = text_of(self.raw.featured_content)
        if not html.strip():
            return None
        embed = read_embed(html)
        if embed.refused:
            message = f"featuredContent: {masked(embed.refused)[:MAX_SHOWN_CHARS]}"
            self.report("ND111", ("featuredContent",), message, "the player is left out")
        return embed.video

    def body(self, text: str, *, slug: str) -> str:
        if not text.strip():  # most items lead elsewhere
            return ""
        # It begins with the end of the line that closes the front matter.
        first_line = self.fm.count("\n") + 1
        rules = self.limits.markdown
        html, said, self.reads = read_body(text, slug=slug, source_path=self.path, first_line=first_line, rules=rules)
        self.diagnostics += said
        public = without_userinfo(html)
        if public != html:
            message = "the body: a URL with a user name or a password"
            self.report("ND108", (), message, "both are left out; change the password, if it is one")
        return public

    def corrections(self) -> tuple[Correction, ...]:
        pairs = [(raw.date, raw.text) for raw in self.raw.corrections or ()]
        found, problems = read_corrections(pairs, tz=self.tz)
        for problem in problems:
            self.report(*problem)
        return found

    def notes(self, item: NewsItem) -> None:
        raw = self.raw
        for note in (
            *key_notes(self.data, self.extra),
            *(() if self.fatal else empty_notes(item, self.data, self.extra)),
        ):
            self.report(note.code, note.path, note.message, note.hint)
        for key, value, clean in (("title", raw.title, item.title), ("excerpt", raw.excerpt, item.excerpt)):
            if has_mojibake(text_of(value)):
                message = f"{self.name(key)}: {clean[:60]!r} has encoding errors (mojibake)"
                self.report("ND122", (key,), message, "fix it at the source")

    def date(self) -> datetime | None:
        value = self.raw.published_date_time
        found = parse_date(value, tz=self.tz)
        if found is None:
            problem = f"{shown(value)} is not a date" if value is not None else "missing"
            problem = f"{self.name('publishedDateTime')}: {problem}"
            self.fatal.append(self.diagnostic("ND104", ("publishedDateTime",), problem, date_hint(value)))
        return found

    def modified(self) -> datetime | None:
        value = self.raw.updated_date_time
        found = parse_date(value, tz=self.tz)
        if found is None and value is not None:
            message = f"{self.name('updatedDateTime')}: {shown(value)} is not a date"
            self.report("ND109", ("updatedDateTime",), message, date_hint(value))
        return found

    def status(self, date: datetime | None) -> Status:
        # Without a date there is no item, and that is said already.
        verdict = visibility(self.data, self.extra, path=self.path, date=date or _LATEST, tz=self.tz)
        for problem in verdict.problems:
            self.report("ND119", (problem.key,), problem.message, problem.hint)
        status, hide = verdict.status, self.raw.curated.hide if self.raw.curated else None
        if hide is not None and yes_or_no(hide) is not False:
            if yes_or_no(hide) is None:
                unclear = f"curated.hide: {shown(hide)} is neither true nor false"
                self.report("ND119", ("curated", "hide"), unclear, "write true or false; until then it is not shown")
            # Whoever hides an item wants it nowhere, and not among the reports of its story either.
            status = Status.REMOVED if status is Status.REMOVED else Status.DRAFT
        self.hides = status in {Status.DRAFT, Status.REMOVED}
        return status

    def type(self) -> ItemType:
        word = text_of(self.raw.type).strip().lower()
        try:
            return ItemType(word or "article")
        except ValueError:
            self.report("ND120", ("type",), f"type: {word[:MAX_SHOWN_CHARS]!r} is unknown", "shown as an article")
            return ItemType.ARTICLE

    def lang(self) -> str:
        value = text_of(self.raw.locale).strip()
        if not value:
            return ""
        tag = language_tag(value)
        if not tag:
            message = f"{self.name('locale')}: {value[:MAX_SHOWN_CHARS]!r} is not a language tag"
            self.report("ND110", ("locale",), message, "write it like en-US or ar")
        return tag

    def link(self, key: str, value: object) -> str:
        text = text_of(value).strip()
        if not text:
            return ""
        try:
            return clean_address(text)
        except AddressError as error:
            self.report("ND108", (key,), f"{key}: {in_bounds(text)} is {error}", "give the full https URL")
            return ""

    def quiet_link(self, value: object) -> str:
        """Return a clean address for comparing only: a bad one has no effect and is nobody's concern."""
        text = text_of(value)
        try:
            return clean_address(text) if text else ""
        except AddressError:
            return ""

    def provider(self, raw: RawProvider | None, url: str) -> ProviderRef | None:
        found = provider_ref(raw, icon=self.images(raw.images, ("provider", "images"))[:1] if raw else ())
        if found is not None:
            return found
        author = self.data.get("author") or self.data.get("authors")
        name = clean_name(text_of(author[0] if isinstance(author, list) and author else author))
        domain = readable_host(url)
        return ProviderRef(domain=domain, name=name or domain) if name or domain else None

    def story(self) -> str:
        found, problem = story_id(self.raw.story)
        if problem:
            self.report("ND134", ("story",), f"story: {problem}", STORY_HINT)
        return found

    def images(self, raws: list[RawImage] | None, path: tuple[Step, ...]) -> tuple[ImageRef, ...]:
        images = []
        for index, raw in enumerate(raws or ()):
            text = text_of(raw.url).strip()
            if not text:
                continue
            try:
                images.append(image_ref(raw))
            except AddressError as error:
                message = f"{'.'.join(map(str, path))}.{index}.url: {in_bounds(text)} is {error}"
                self.report("ND108", (*path, index, "url"), message, "the picture is left out")
        return tuple(images)

    def topics(self) -> tuple[str, ...]:
        names, most = self.raw.topics or [], self.limits.topics
        if len(names) > most:
            message = f"topics: {len(names):,} names; the limit is {most:,}"
            self.report("ND118", ("topics",), message, "the rest is left out; see DIGEST_MAX_TOPICS")
            names = names[:most]
            key = self.name("topics")
            if isinstance(self.data[key], list):  # the API repeats it in each list of each topic
                self.data = {**self.data, key: self.data[key][:most]}
        return distinct_names(names)

    def related(self, *, own_keys: set[str]) -> tuple[RelatedLink, ...]:
        links: dict[str, RelatedLink] = {}
        known_links, raws, most = self.known_links or (), self.raw.related or [], self.limits.related
        if len(known_links) + len(raws) > most:
            message = f"related: {len(known_links) + len(raws):,} entries; the limit is {most:,}"
            self.report("ND118", ("related",), message, "the rest is left out; see DIGEST_MAX_RELATED")
        for known in known_links[:most]:
            if known.key not in own_keys:
                links.setdefault(known.key, known)
        for index, raw in enumerate(raws[:most]):
            link = related_link(raw, tz=self.tz)
            if link is not None:
                if link.key not in own_keys:
                    links.setdefault(link.key, link)
            elif ("related", index) not in self.left_out:
                text = in_bounds(text_of(raw.web_url))
                hint = related_hint(self.data["related"][index])
                self.report("ND108", ("related", index), f"related.{index}.webUrl: {text} cannot be linked to", hint)
        return tuple(links.values())
