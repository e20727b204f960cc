"""A file taken apart: its front matter as plain values, and its body. What they mean is :mod:`.convert`'s to say."""

from __future__ import annotations

from contextlib import suppress
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

import msgspec

from ...disk.limits import USUAL_LIMITS, Limits
from ...errors import ContentError, diagnose, may_name_users
from ...model import RelatedLink
from ..opening import SECURED_HINT, SECURED_IN_TEXT, secured_line
from ..yaml.entries import EMPTY, cut_related
from ..yaml.refused import FrontMatterError
from ..yaml.yaml12 import load_front_matter, split_front_matter
from .values import without_credentials

if TYPE_CHECKING:
    from .links import RelatedPool


class FileValues(msgspec.Struct, frozen=True, kw_only=True):
    """A file taken apart: the text of its front matter, the values in it, and the body after it.

    Attributes:
        links: What ``related`` says, where that is known by how it is written; then *data* lacks it. None: it does not.
    """

    fm: str
    data: dict[str, Any]
    links: tuple[RelatedLink, ...] | None = None
    body: str = ""


def read_values(
    text: str, *, source_path: str, tz: tzinfo, pool: RelatedPool, limits: Limits = USUAL_LIMITS
) -> FileValues:
    """Return the values that *text* holds, as YAML has them.

    Raises:
        ContentError: The front matter cannot be read.
    """
    try:
        fm, body = split_front_matter(text)
        if body and (line := secured_line(body)):
            line += text.count("\n", 0, len(text) - len(body))
            raise ContentError(diagnose("ND101", SECURED_IN_TEXT, path=source_path, line=line, hint=SECURED_HINT))
        data, links = _load(fm, tz=tz, pool=pool, limits=limits)
    except FrontMatterError as error:
        raise ContentError(error.diagnostic(source_path)) from None
    return FileValues(fm=fm, data=data, links=links, body=body)


def _load(
    fm: str, *, tz: tzinfo, pool: RelatedPool, limits: Limits
) -> tuple[dict[str, Any], tuple[RelatedLink, ...] | None]:
    """Return the map that *fm* holds, and its ``related`` apart where that is known by how it is written, else None."""
    cut = cut_related(fm)
    if cut is not None:
        rest, texts = cut
        links = pool.links_of(texts, tz=tz)
        if links is not None:
            with suppress(FrontMatterError):  # the whole file says better what is wrong, and in which line
                data = load_front_matter(rest, limits=limits)
                if data.pop("related", None) == EMPTY:
                    return without_credentials(data) if may_name_users(rest) else data, links
    data = load_front_matter(fm, limits=limits)
    return without_credentials(data) if may_name_users(fm) else data, None
