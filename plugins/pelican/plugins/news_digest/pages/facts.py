"""What a build knows, as digests: of the site as a whole, and of each item. Equal facts make equal views.

Only for speed: with :mod:`.promises` it saves a fifth of a build after one edit of 700 items
(``python benchmarks/without.py facts``). Without these modules each build would make every view, and compare the keys.

Two builds can be compared by their facts even if different processes made them. The maker of a view names its facts;
too many cost time, too few are a bug. See docs/explanation/incremental.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from ..catalogue.ranking import band_of
from ..disk.files import digest_of

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue
    from ..model import NewsItem, ProviderRef
    from .told import Told, ToldStories

# A value that msgpack does not know is the owner's own, among the extra keys of an item.
_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic", enc_hook=repr)


class Facts:
    """The facts of one build; each is worked out when somebody asks for it.

    Args:
        catalogue: All of the build.
        told: Its stories that have a page.
        shared: What every view may be made from, beside the catalogue: plain values.
        prints: Slug → what an item is known again by, see :class:`~..frontmatter.reader.Archive`; one that is not here
            is known by all of its values.
    """

    def __init__(self, catalogue: Catalogue, *, told: ToldStories, shared: object, prints: Mapping[str, bytes]) -> None:
        self._catalogue = catalogue
        self._told = told
        self._shared = shared
        self._prints = prints
        self._items: dict[str, bytes] = {}
        self._sources: dict[str, bytes] = {}
        self._reports: dict[str, bytes] = {}
        self._rows: dict[str, bytes] = {}

    @cached_property
    def frame(self) -> bytes:
        """What views of single items, and of lists of them, are made from beside :meth:`item` and what they name."""
        catalogue = self._catalogue
        taxonomy = (catalogue.taxonomy.topics, catalogue.taxonomy.roots)
        records = (catalogue.aliases, catalogue.recorded_names)
        return digest_of(_ENCODER.encode((self._shared, taxonomy, records, bool(catalogue.listed))))

    def source(self, domain: str) -> bytes:
        """Return the facts of a source as pages of items show it: 16 bytes, also of one that has no items."""
        known = self._sources.get(domain)
        if known is None:
            provider = self._catalogue.providers.get(domain)
            shown = provider and (provider.name, provider.icon, provider.access)
            has_page = bool(self._catalogue.by_provider.get(domain))
            known = self._sources[domain] = digest_of(_ENCODER.encode((shown, has_page)))
        return known

    def source_of(self, ref: ProviderRef | None) -> bytes:
        """Return the facts of the source that *ref* names."""
        if ref is None:
            return self.source("")
        return self.source(self._catalogue.domain_of(ref) if self._catalogue.aliases else ref.domain)

    def item(self, item: NewsItem) -> bytes:
        """Return the facts of *item*, which is published: itself, its story, its topics, its source, its place."""
        known = self._items.get(item.slug)
        if known is None:
            catalogue, slug = self._catalogue, item.slug
            told = self._told.of(slug)
            known = self._items[slug] = digest_of(
                _ENCODER.encode(
                    (
                        slug,
                        item.source_path,
                        item.status,
                        self._prints.get(slug) or item,
                        catalogue.clusters.facts(slug, self.source_of),
                        catalogue.topic_ids.get(slug, ()),
                        self.source_of(item.provider),
                        slug in catalogue.paged,
                        item.heat,  # which the other reports of its story may decide
                        band_of(item.heat, catalogue.thresholds),
                        told.mark if told else None,
                    )
                )
            )
        return known

    def reports(self, told: Told) -> bytes:
        """Return the facts of a story's reports, which its page and its feeds are made from.

        Those in lists are known by :meth:`item`, which is there already. That is more than a page shows of most, so a
        page may be made for nothing; but asking each report what the page shows costs every build.
        """
        known = self._reports.get(told.story.id)
        if known is None:
            catalogue, story, listed = self._catalogue, told.story, self._catalogue.topic_ids
            members = story.members
            others = [(item.excerpt, item.updated) for item in members if item.slug not in listed]
            ahead = [item.slug for item in members if item.slug in catalogue.ahead] if catalogue.ahead else ()
            rest = [report for report in told.reports if report.slug not in listed] if others or told.elsewhere else ()
            sources = list(map(self.source_of, {report.provider: None for report in rest}))
            named = (told.address, told.title, told.lang, story.record, told.mark, story.lead.slug)
            known = self._reports[story.id] = digest_of(
                self.items(item for item in members if item.slug in listed)
                + _ENCODER.encode((named, others, ahead, rest, sources))
            )
        return known

    def row(self, told: Told) -> bytes:
        """Return the facts of a story as a list of stories shows it."""
        known = self._rows.get(told.story.id)
        if known is None:
            topic_ids = self._catalogue.topic_ids.get(told.story.lead.slug, ())
            known = digest_of(_ENCODER.encode((told.title, told.lang, told.mark, told.moments, topic_ids)))
            self._rows[told.story.id] = known
        return known

    def items(self, items: Iterable[NewsItem]) -> bytes:
        """Return the facts of *items*, in their order."""
        known = self._items  # most stand in several lists
        return b"".join([known.get(item.slug) or self.item(item) for item in items])

    def joined(self, *facts: object) -> bytes:
        """Return the site's facts and *facts* as one: digests, views and plain values."""
        return self.frame + _ENCODER.encode(facts)

    def digest(self, *facts: object) -> bytes:
        """Return a digest of what :meth:`joined` returns, for whoever keeps it."""
        return digest_of(self.joined(*facts))
