"""Share cards at the edge of a build: what they are drawn with on this machine, and what it cannot draw."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ..errors import READ_MORE, counted
from ..images.cards.system_fonts import fonts_state

if TYPE_CHECKING:
    from ..pages.plans import CardPlan

log = logging.getLogger(__name__)
NAMED: Final = 3


def card_state(*, fonts: str, is_wanted: bool) -> object:
    """Look for fonts anew, and return what cards are drawn with beside what is ours; None where there are none.

    Args:
        fonts: The folder of the site's own fonts; ``""``: none.
        is_wanted: Whether the site has cards at all.
    """
    if not is_wanted:
        return None
    from ..images.cards.typesetting import engine, forget_fonts  # noqa: PLC0415 - Pillow, only where there is work for it

    forget_fonts()
    return engine(), fonts_state(fonts)


def warn_of_undrawn(plans: Iterable[CardPlan]) -> None:
    """Say once which titles no font here has the letters of: their cards say something else in their place."""
    plans = tuple(plans)
    if not plans:
        return
    from ..images.cards.card import lacks_letters  # noqa: PLC0415 - as above

    undrawn = [plan.save_as for plan in plans if lacks_letters(plan.card, fonts=plan.fonts)]
    if undrawn:
        log.warning(
            "%s with the site's name instead of a title, because no font here has its characters: %s%s; see %s",
            counted(len(undrawn), "share card"),
            ", ".join(undrawn[:NAMED]),
            " and others" if len(undrawn) > NAMED else "",
            READ_MORE.format("share-cards"),
        )
