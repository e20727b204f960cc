"""Topic and provider records: what a site says of the subjects and the sources it follows."""

from __future__ import annotations

from typing import Any

import msgspec

from ..disk.limits import USUAL_LIMITS, Limits
from ..errors import Diagnostic, diagnose, masked, may_name_users
from ..model import ImageRef, ProviderRecord, Status, TopicRecord
from ..text.address import AddressError, clean_domain, without_marks
from ..text.plain import clean_markup_text, clean_name, clean_text, slugify
from .items.links import picture_address
from .items.values import without_credentials
from .items.visibility import visibility
from .yaml.yaml12 import FrontMatterError, has_front_matter, load_front_matter, split_front_matter


class ParsedTopic(msgspec.Struct, frozen=True):
    """A topic record, or None, and what there is to say about its file."""

    record: TopicRecord | None
    diagnostics: tuple[Diagnostic, ...] = ()


class ParsedProvider(msgspec.Struct, frozen=True):
    """A provider record, or None, and what there is to say about its file."""

    record: ProviderRecord | None
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_topic(text: str, *, source_path: str, stem: str, limits: Limits = USUAL_LIMITS) -> ParsedTopic:
    """Return the topic that a YAML file (``content/topics/*.yaml``) describes.

    Args:
        text: The file; a ``---`` block in a Markdown file is read as well.
        source_path: For diagnostics.
        stem: The file's name without its ending: the id where the file names none.
    """
    try:
        data = _load(text, limits)
    except FrontMatterError as error:
        return ParsedTopic(None, (refuse("ND201", error, source_path),))
    hidden = hidden_problems(data, source_path)
    if hidden is not None:
        return ParsedTopic(None, hidden)
    name = clean_name(_text(data.get("name"))) or clean_name(stem.replace("-", " "))
    record = TopicRecord(
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
    return ParsedTopic(record)


def parse_provider(text: str, *, source_path: str, stem: str, limits: Limits = USUAL_LIMITS) -> ParsedProvider:
    """Return the provider that a Markdown file (``content/providers/<domain>.md``) describes."""
    try:
        data = _load(text, limits)
    except FrontMatterError as error:
        return ParsedProvider(None, (refuse("ND211", error, source_path),))
    hidden = hidden_problems(data, source_path)
    if hidden is not None:
        return ParsedProvider(None, hidden)
    domain = clean_domain(_text(data.get("domain")) or _text(data.get("_id")) or stem)
    if not domain:
        problem = diagnose("ND211", "domain: missing", path=source_path, line=1, hint="name the file after the domain")
        return ParsedProvider(None, (problem,))
    images = data.get("images") if isinstance(data.get("images"), list) else []
    record = ProviderRecord(
        domain=domain,
        name=clean_name(_text(data.get("name"))),
        other_names=_texts(data.get("otherNames")),
        description=clean_markup_text(_text(data.get("description"))),
        images=tuple(image for raw in images or () if (image := picture_of(raw))),
        source_path=source_path,
    )
    return ParsedProvider(record)


def _load(text: str, limits: Limits) -> dict[str, Any]:
    if has_front_matter(text):
        try:
            text = split_front_matter(text)[0]
        except FrontMatterError:
            text = text.removeprefix("---")  # YAML of one document: a closing line is not needed
    data = load_front_matter(text, limits=limits)
    return without_credentials(data) if may_name_users(text) else data


def hidden_problems(data: dict[str, Any], path: str) -> tuple[Diagnostic, ...] | None:
    """Return what there is to say about a record that is not to be shown; None when it is."""
    verdict = visibility(data, data, path=path)
    if verdict.status is Status.PUBLISHED:
        return None
    return tuple(diagnose("ND119", p.message, path=path, line=1, hint=p.hint) for p in verdict.problems)


def _is_public(address: str) -> bool:
    """Whether *address* names no user and no password."""
    return masked(address) == address


def refuse(code: str, error: FrontMatterError, path: str) -> Diagnostic:
    """Return what there is to say about a record that is not YAML."""
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
