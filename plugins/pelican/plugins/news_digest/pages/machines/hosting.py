"""Files that hosts ask for, and no reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plans import FilePlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..newsroom import Newsroom


def plan_hosting(room: Newsroom) -> Iterator[FilePlan]:
    """Yield ``.nojekyll``, and ``CNAME`` where the site has a domain of its own.

    A host that publishes a branch, as GitHub Pages may, would otherwise leave out folders whose names begin with
    ``_``, and forget the domain at each deployment. Other hosts do not look at them.
    """
    yield FilePlan(save_as=".nojekyll", data=b"")
    if room.choices.domain:
        yield FilePlan(save_as="CNAME", data=f"{room.choices.domain}\n".encode())
