"""What templates of ``/about/`` and ``/status/`` may read. See :mod:`.views` for the rules."""

from __future__ import annotations

from .base import BasePageView, LinkView, TimeView, View


class BandView(View, frozen=True, kw_only=True):
    """A heat band in the legend of the dots: the top *percent* of stories.

    ``lowest`` is the heat at which it begins on this site at present, ``count`` how many stories have it. The band
    of all others has ``percent`` 0 and ``lowest`` 0.
    """

    band: int
    percent: int
    lowest: int
    count: int


class AboutView(BasePageView, frozen=True, kw_only=True):
    """``/about/``: how this site works. Every number is the one that the code works with.

    ``bands`` is empty on a site with fewer than ``band_minimum`` stories in ``band_days``. ``contact`` leads to
    whoever answers for the site (None: the owner did not say). ``hosts`` are those that pages load things from.
    """

    points_per_report: int
    hours_per_point: int
    window_days: int
    coverage_days: int
    band_days: int
    band_minimum: int
    bands: tuple[BandView, ...]
    story_count: int
    provider_count: int
    since: TimeView | None
    contact: LinkView | None
    has_remote_pictures: bool
    hosts: tuple[str, ...] = ()


class CodeRowView(View, frozen=True, kw_only=True):
    """How often one kind of problem was found. ``severity`` is ``error``, ``warning`` or ``note``."""

    code: str
    severity: str
    meaning: str
    count: int


class ProblemView(View, frozen=True, kw_only=True):
    """One problem: where (``path`` or ``path:line``), what, and what to do about it (``""``: nothing to say)."""

    where: str
    code: str
    severity: str
    message: str
    hint: str


class StatusView(BasePageView, frozen=True, kw_only=True):
    """``/status/``: what the build found. Not when it ran: two builds of the same content are the same, byte for byte.

    ``now`` is the reference time (None: no items). ``problems`` are the first errors and warnings;
    ``problem_count`` counts all of them.
    """

    now: TimeView | None
    newest: LinkView | None
    item_count: int
    story_count: int
    page_count: int
    topic_count: int
    provider_count: int
    cluster_count: int
    edition_count: int
    error_count: int
    warning_count: int
    note_count: int
    codes: tuple[CodeRowView, ...]
    problems: tuple[ProblemView, ...]
    problem_count: int
