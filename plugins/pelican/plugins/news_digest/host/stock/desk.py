"""Makes what :mod:`.values` describes, of the catalogue and of what our own pages would say."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.contents import Author, Tag

from ...frontmatter.classic import name_as_html, text_as_html
from ...text.address import readable_host
from ...text.plain import fold
from .escaping import address_as_html
from .values import Report, Source, StockLink, Story, TopicPage

if TYPE_CHECKING:
    from ...model import Cluster, Member, NewsItem, ProviderRef
    from ...pages.newsroom import Newsroom

_NOTHING = Markup()


class StockDesk:
    """Makes each distinct value once.

    Args:
        room: What our own pages are made from; its pictures are files of the site's, or of the hosts that it allows.
        settings: Pelican's: they say where pages of tags and authors lie.
    """

    def __init__(self, room: Newsroom, settings: dict[str, Any]) -> None:
        self._room = room
        self._catalogue = room.catalogue
        self._settings = settings
        self._tz = ZoneInfo(settings["TIMEZONE"])
        self._date_format = str(settings["DEFAULT_DATE_FORMAT"])
        self._has_authors, self._has_tags = bool(settings["AUTHOR_SAVE_AS"]), bool(settings["TAG_SAVE_AS"])
        self._sources: dict[tuple[str, str], Source] = {}
        self._topics: dict[str, TopicPage] = {}
        self._urls: dict[tuple[type, str], Markup] = {}

    def source(self, ref: ProviderRef | None) -> Source | None:
        """Return who *ref* names; None for nobody."""
        if ref is None:
            return None
        domain = self._catalogue.domain_of(ref)
        view = self._room.source(ref, domain)
        key = (domain, view.name if view else "")
        if key not in self._sources:
            provider = self._catalogue.providers.get(domain)
            listed = self._catalogue.by_provider.get(domain, ())
            self._sources[key] = Source(
                name=text_as_html(view.name if view else ref.name),
                domain=text_as_html(domain),
                url=self._url(Author, view.name, domain) if view and listed and self._has_authors else _NOTHING,
                icon=address_as_html(view.icon) if view else _NOTHING,
                description=text_as_html(provider.description) if provider else _NOTHING,
                other_names=tuple(map(text_as_html, provider.other_names)) if provider else (),
                count=len(listed),
            )
        return self._sources[key]

    def icons(self) -> set[str]:
        """Return the pictures of all sources that were made so far."""
        return {str(source.icon) for source in self._sources.values()}

    def topic(self, topic_id: str) -> TopicPage | None:
        """Return the topic called *topic_id*; None when there is none."""
        topics = self._catalogue.taxonomy.topics
        if topic_id in topics and topic_id not in self._topics:
            topic = topics[topic_id]
            self._topics[topic_id] = TopicPage(
                id=text_as_html(topic.id),
                name=text_as_html(topic.name),
                short_name=text_as_html(topic.short_name),
                description=text_as_html(topic.description),
                parent=self._topic_link(topic.parent),
                children=tuple(link for child in topic.children if (link := self._topic_link(child))),
                count=len(self._catalogue.by_topic.get(topic_id, ())),
            )
        return self._topics.get(topic_id)

    def topic_named(self, name: str) -> TopicPage | None:
        """Return the topic that a tag called *name* is; None when there is none."""
        return self._topic_of_tag.get(fold(name))

    @cached_property
    def _topic_of_tag(self) -> dict[str, TopicPage]:
        """Folded name of a tag, as stock themes get it, → topic."""
        topics = self._catalogue.taxonomy.topics.items()
        return {fold(name_as_html(topic.name)): page for topic_id, topic in topics if (page := self.topic(topic_id))}

    def coverage(self, item: NewsItem) -> tuple[Report, ...]:
        """Return the other reports of the story, best first, as many as ``DIGEST_COVERAGE_LIMIT`` allows."""
        members = self._catalogue.clusters[item.slug].members[: self._limit]
        story = self._catalogue.stories.of(item.slug)
        excerpts = {report.url: report.excerpt for report in story.members} if story and story.is_named else {}
        excerpts |= {link.url: link.excerpt for link in item.related}
        return tuple(self._report(member, members, excerpts.get(member.url, "")) for member in members)

    def story(self, item: NewsItem) -> Story:
        """Return what is known of the story of *item*."""
        cluster = self._catalogue.clusters[item.slug]
        coverage = self._room.coverage(item)
        return Story(
            heading=text_as_html(self._heading(coverage.report_count, coverage.provider_count))
            if coverage
            else _NOTHING,
            way_out=text_as_html(self._way_out(item)),
            report_count=coverage.report_count if coverage else 1,
            source_count=coverage.provider_count if coverage else int(item.provider is not None),
            hidden_count=max(len(cluster.members) - self._limit, 0),
            is_lead=cluster.lead == item.slug,
            lead=self._lead(cluster, item),
        )

    @property
    def _limit(self) -> int:
        choices = self._room.choices
        return max(choices.coverage_limit, choices.coverage_shown)

    def _heading(self, reports: int, sources: int) -> str:
        ngettext = self._room.words.translations.ngettext
        return self._room.say(
            "%(reports)s %(from_sources)s",
            reports=ngettext("%(num)s report", "%(num)s reports", reports) % {"num": reports},
            from_sources=ngettext("from %(num)s source", "from %(num)s sources", sources) % {"num": sources},
        )

    def _way_out(self, item: NewsItem) -> str:
        if not item.url:
            return ""
        name = self._catalogue.source_name(item.provider) if item.provider else readable_host(item.url)
        return self._room.say("Read at %(name)s", name=name)

    def _lead(self, cluster: Cluster, item: NewsItem) -> StockLink | None:
        lead = item if cluster.lead == item.slug else next((m for m in cluster.members if m.slug == cluster.lead), None)
        if lead is None or cluster.lead not in self._catalogue.paged:
            return None
        return StockLink(name=text_as_html(lead.title), url=address_as_html(lead.address))

    def _report(self, member: Member, among: tuple[Member, ...], excerpt: str) -> Report:
        view = self._room.member(member, among)
        date = member.date.astimezone(self._tz) if member.date else None
        return Report(
            title=text_as_html(view.title),
            excerpt=text_as_html(excerpt),
            url=address_as_html(view.href),
            is_external=view.is_external,
            source=self.source(member.provider),
            date=date,
            locale_date=text_as_html(date.strftime(self._date_format)) if date else _NOTHING,
            lang=text_as_html(view.lang),
        )

    def _topic_link(self, topic_id: str) -> StockLink | None:
        topic = self._catalogue.taxonomy.topics.get(topic_id)
        # A topic that no item names has no page of Pelican's.
        if topic is None or not self._catalogue.by_topic.get(topic_id):
            return None
        return StockLink(
            name=text_as_html(topic.name), url=self._url(Tag, topic.name, topic_id) if self._has_tags else _NOTHING
        )

    def _url(self, kind: type, name: str, slug: str) -> Markup:
        """Return where Pelican's settings put the page of a tag or an author, as its own wrapper has it."""
        if (kind, slug) not in self._urls:
            wrapper = kind(name_as_html(name), self._settings)
            wrapper.slug = slug
            self._urls[kind, slug] = address_as_html(str(wrapper.url))
        return self._urls[kind, slug]
