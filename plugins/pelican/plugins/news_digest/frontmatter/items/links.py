"""Entries of ``related``, providers and pictures as files name them → clean references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from ...errors import may_name_users, without_userinfo
from ...model import ImageRef, ProviderRef, RelatedLink
from ...text.address import (
    NAMES_USERS,
    AddressError,
    clean_address,
    clean_domain,
    is_plain,
    link_key,
    readable_host,
    without_marks,
)
from ...text.dates import parse_date
from ...text.plain import clean_markup_text, clean_name, clean_title
from ..yaml.entries import whole_list
from ..yaml.yaml12 import load_uncontested
from .schema import RawImage, RawProvider, RawRelated, decode_item
from .values import text_of, without_credentials

_SITE_PATH: Final = re.compile(r"/(?!/)|(?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!/)[^?#]+(?:/|\.\w+(?:[?#]|\Z))")
# Texts of entries that are remembered: some hundred bytes each, and a story's members come close together.
MAX_TEXTS: Final = 20_000


class RelatedPool:
    """Related entries seen so far, by their text: each member's file repeats the whole cluster."""

    def __init__(self) -> None:
        self._by_text: dict[str, RelatedLink | None] = {}

    def links_of(self, texts: Sequence[str], *, tz: tzinfo) -> tuple[RelatedLink, ...] | None:
        """Return what entries say that are written as *texts*; None when there is anything to say about one of them.

        Args:
            texts: See :func:`..yaml.entries.cut_related`.
            tz: The site's time zone.
        """
        known = self._by_text
        links = [known[text] if text in known else self._remember(text, tz=tz) for text in texts]
        return None if None in links else tuple(links)  # type: ignore[arg-type]

    def _remember(self, text: str, *, tz: tzinfo) -> RelatedLink | None:
        if len(self._by_text) >= MAX_TEXTS:
            self._by_text.clear()
        link = self._by_text[text] = self._read(text, tz=tz)
        return link

    def _read(self, text: str, *, tz: tzinfo) -> RelatedLink | None:
        """Return what one entry says; None when it cannot be read by itself, or holds a mistake."""
        text = whole_list(text)
        data = load_uncontested(text)
        if data is None or list(data) != ["related"]:
            return None
        if may_name_users(text):
            data = without_credentials(data)
        raw, _, mistakes = decode_item(data)
        if mistakes or raw.related is None or len(raw.related) != 1:
            return None
        return related_link(raw.related[0], tz=tz)


def related_link(raw: RawRelated, *, tz: tzinfo) -> RelatedLink | None:
    """Return *raw* as a clean link; None when it leads nowhere."""
    try:
        url = clean_address(text_of(raw.web_url) or text_of(raw.original_url))
    except AddressError:
        return None
    return RelatedLink(
        url=url,
        key=link_key(url),
        title=clean_title(text_of(raw.title)) or readable_host(url),
        excerpt=clean_markup_text(text_of(raw.excerpt)),
        date=parse_date(raw.published_date_time, tz=tz),
        provider=provider_ref(raw.provider) or ProviderRef(domain=readable_host(url), name=readable_host(url)),
        quality=raw.quality or 0,
    )


def provider_ref(raw: RawProvider | None, *, icon: tuple[ImageRef, ...] = ()) -> ProviderRef | None:
    """Return who *raw* names, None for nobody; the first of *icon* is the picture."""
    if raw is None:
        return None
    domain, name = clean_domain(text_of(raw.domain)), clean_name(text_of(raw.name))
    if not domain and not name:
        return None
    return ProviderRef(domain=domain, name=name or domain, icon=icon[0] if icon else None)


def image_ref(raw: RawImage) -> ImageRef:
    """Return the picture that *raw* names: at an http(s) address, or on this site.

    Raises:
        AddressError: Nobody should ask for it.
    """
    text = text_of(raw.url)
    return ImageRef(
        url=text if is_plain(text) else picture_address(without_marks(text.replace("&amp;", "&"))),
        width_px=max(raw.width or 0, 0),
        height_px=max(raw.height or 0, 0),
        title=clean_title(text_of(raw.title)),
    )


def picture_address(text: str) -> str:
    """Return where a picture lies: an http(s) address, or its path from the content folder on.

    Raises:
        AddressError: Nobody should ask for it.
    """
    if without_userinfo(text) != text:  # also where a mistyped scheme makes a path of it
        raise AddressError(NAMES_USERS)
    return site_path(text) or clean_address(text)


def site_path(text: str) -> str:
    """Return the path, from the content folder on, of a picture of the site's own; ``""`` where *text* is an address.

    ``./`` and ``../`` before a path that does not begin with ``/`` lead from an item's file, wherever that lies, to
    the content folder.

    Raises:
        AddressError: It leads out of that folder.
    """
    written = text.replace("\\", "/")
    if not _SITE_PATH.match(written):
        return ""
    steps: list[str] = []
    for step in re.sub(r"^(?:\.\.?/)+", "", written).split("/"):
        if step == "..":
            if not steps:
                raise AddressError("a path that leads out of the content folder")
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/" + "/".join(steps) + ("/" if written.endswith("/") else "")
