"""Topic and provider records: what a site says of the subjects and the sources it follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from ..disk.files import MARKDOWN, YAML, read_texts, stem_of
from ..disk.limits import USUAL_LIMITS, Limits
from ..errors import Diagnostic, diagnose, masked, may_name_users
from ..model import ImageRef, ProviderRecord, Status, TopicRecord
from ..text.address import AddressError, clean_domain, without_marks
from ..text.plain import clean_markup_text, clean_name, clean_text, slugify
from .items.declared import read_access
from .items.links import picture_address
from .items.values import without_credentials
from .items.visibility import visibility
from .yaml.refused import FrontMatterError
from .yaml.yaml12 import has_front_matter, load_front_matter, split_front_matter

Record = TypeVar("Record")


class ParsedRecord(msgspec.Struct, Generic[Record], frozen=True):
    """A record, or None, and the diagnostics of its file."""

    record: Record | None
    diagnostics: tuple[Diagnostic, ...] = ()


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """All records of a site, in the order of their files' paths.

    Attributes:
        texts: Path and text of each file that could be read.
    """

    topics: tuple[TopicRecord, ...]
    providers: tuple[ProviderRecord, ...]
    texts: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]


def read_records(content: Path, *, topics: str, providers: str, limits: Limits = USUAL_LIMITS) -> Records:
    """Read every record below *content*.

    Args:
        topics, providers: Their folders, relative to *content*; one that is absent is empty.
    """
    said: list[Diagnostic] = []
    topic_texts = tuple(read_texts(content, topics, (*YAML, *MARKDOWN), said, limits))
    provider_texts = tuple(read_texts(content, providers, (*MARKDOWN, *YAML), said, limits))
    subjects = [parse_topic(text, source_path=path, stem=stem_of(path), limits=limits) for path, text in topic_texts]
    sources = [
        parse_provider(text, source_path=path, stem=stem_of(path), limits=limits) for path, text in provider_texts
    ]
    said += (diagnostic for parsed in subjects for diagnostic in parsed.diagnostics)
    said += (diagnostic for parsed in sources for diagnostic in parsed.diagnostics)
    return Records(
        topics=tuple(parsed.record for parsed in subjects if parsed.record),
        providers=tuple(parsed.record for parsed in sources if parsed.record),
        texts=topic_texts + provider_texts,
        diagnostics=tuple(said),
    )


def parse_topic(text: str, *, source_path: str, stem: str, limits: Limits = USUAL_LIMITS) -> ParsedRecord[TopicRecord]:
    """Return the topic that a YAML file (``content/topics/*.yaml``) describes.

    Args:
        text: The file; a ``---`` block in a Markdown file is read as well.
        stem: The file's name without its ending: the id where the file names none.
    """
    data, said = _load("ND201", text, source_path, limits)
    if data is None:
        return ParsedRecord(None, said)
    name = clean_name(_text(data.get("name"))) or clean_name(stem.replace("-", " "))
    return ParsedRecord(
        TopicRecord(
            id=slugify(_text(data.get("_id")) or stem) or slugify(name) or "topic",
            name=name,
            short_name=clean_name(_text(data.get("shortname"))),
            parent=clean_name(_text(data.get("parent"))),
            keywords=_texts(data.get("keywords")),
            hashtags=_texts(data.get("hashtags")),
            images=tuple(filter(_is_public, _texts(data.get("images")))),
            services={str(k): text for k, v in data["services"].items() if _is_public(text := _text(v))}
            if isinstance(data.get("services"), dict)
            else {},
            description=clean_markup_text(_text(data.get("description"))),
            source_path=source_path,
        )
    )


def parse_provider(
    text: str, *, source_path: str, stem: str, limits: Limits = USUAL_LIMITS
) -> ParsedRecord[ProviderRecord]:
    """Return the provider that a Markdown file (``content/providers/<domain>.md``) describes."""
    data, said = _load("ND211", text, source_path, limits)
    if data is None:
        return ParsedRecord(None, said)
    domain = clean_domain(_text(data.get("domain")) or _text(data.get("_id")) or stem)
    if not domain:
        problem = diagnose("ND211", "domain: missing", path=source_path, line=1, hint="name the file after the domain")
        return ParsedRecord(None, (problem,))
    images = data.get("images") if isinstance(data.get("images"), list) else []
    access, unclear = read_access(data.get("access"))
    if unclear:
        hint = "write paid or free; value ignored"
        said = (*said, diagnose("ND107", f"access: {unclear}", path=source_path, line=1, hint=hint))
    return ParsedRecord(
        ProviderRecord(
            domain=domain,
            name=clean_name(_text(data.get("name"))),
            other_names=_texts(data.get("otherNames")),
            description=clean_markup_text(_text(data.get("description"))),
            access=access,
            owner=clean_name(_text(data.get("owner"))),
            country=clean_name(_text(data.get("country"))),
            kind=clean_name(_text(data.get("kind"))),
            images=tuple(image for raw in images or () if (image := picture_of(raw))),
            source_path=source_path,
        ),
        said,
    )


def _load(code: str, text: str, path: str, limits: Limits) -> tuple[dict[str, Any] | None, tuple[Diagnostic, ...]]:
    """Return the values of a record, or None for one that is unreadable or hidden, with the diagnostics."""
    try:
        if has_front_matter(text):
            try:
                text = split_front_matter(text)[0]
            except FrontMatterError:
                text = text.removeprefix("---")  # YAML of one document: a closing line is not needed
        return shown_values(text, path, limits=limits)
    except FrontMatterError as error:
        return None, (refuse(code, error, path),)


def shown_values(fm: str, path: str, *, limits: Limits) -> tuple[dict[str, Any] | None, tuple[Diagnostic, ...]]:
    """Return the values of a record's YAML; None, and the diagnostics, where it is not to be shown.

    Raises:
        FrontMatterError: It is not YAML.
    """
    data = load_front_matter(fm, limits=limits)
    data = without_credentials(data) if may_name_users(fm) else data
    verdict = visibility(data, data, path=path)
    if verdict.status is Status.PUBLISHED:
        return data, ()
    return None, tuple(diagnose("ND119", p.message, path=path, line=1, hint=p.hint) for p in verdict.problems)


def _is_public(address: str) -> bool:
    """Whether *address* names no user and no password."""
    return masked(address) == address


def refuse(code: str, error: FrontMatterError, path: str) -> Diagnostic:
    """Return the diagnostics of a record that is not YAML."""
    return diagnose(code, f"not YAML: {error.problem}", path=path, line=error.line, hint="the record is left out")


def picture_of(raw: object) -> ImageRef | None:
    """Return the picture that a record names, by its address or as a map; None: it names none that could be shown."""
    if isinstance(raw, str):
        raw = {"url": raw}
    if not isinstance(raw, dict):
        return None
    text = without_marks(_text(raw.get("url")))
    try:
        url = picture_address(text)
    except AddressError:
        return None
    return ImageRef(url=url, width_px=_pixels(raw.get("width")), height_px=_pixels(raw.get("height")))


def _pixels(value: object) -> int:
    return value if type(value) is int and value > 0 else 0  # `true` is a number to isinstance


def _texts(value: object) -> tuple[str, ...]:
    """Return a list of plain texts; a single text is a list of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for raw in values if (text := clean_text(_text(raw))))


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)
