"""The nouns of a digest: frozen, plain, picklable. No behaviour that needs a clock, a disk or settings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every value here: frozen, keyword-only, comparable, hashable where its fields are; never in a circle."""


class Status(StrEnum):
    """What may become of an item.

    PUBLISHED items get a page and a place in lists. UNPUBLISHED is not a draft: such an item is a member of
    somebody's cluster or lies below the threshold. REMOVED items appear nowhere. DRAFT is Pelican's own.
    """

    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    REMOVED = "removed"
    DRAFT = "draft"


class ItemType(StrEnum):
    """The kind of page an item becomes; the values are those of the front matter."""

    ARTICLE = "article"
    VIDEO = "video"


class ImageRef(Value, frozen=True, kw_only=True):
    """A picture that somebody named; nothing says yet that it exists.

    Attributes:
        url: ``https://…``, ``http://…`` or a site-relative path such as ``/images/a.jpg``.
        width_px, height_px: As declared; 0 is unknown.
        title: Plain text; ``""`` when there is none.
    """

    url: str
    width_px: int = 0
    height_px: int = 0
    title: str = ""


class ProviderRef(Value, frozen=True, kw_only=True):
    """Who published one item, as that item says it.

    Attributes:
        domain: Lower case, without ``www.``; the key of a provider.
        name: Plain text, percent-decoded.
        icon: The item's own 50×50 picture of the provider, if any.
    """

    domain: str
    name: str
    icon: ImageRef | None = None


class RelatedLink(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of ``related``: another report of the same story, as the citing file describes it.

    Attributes:
        url: Where it links to, http(s).
        key: What identifies the target: see :func:`text.address.link_key`.
        date: Aware UTC; None when unknown.
        quality: The archive's own rank inside a cluster.
    """

    url: str
    key: str
    title: str
    excerpt: str = ""
    date: datetime | None = None
    provider: ProviderRef | None = None
    quality: int = 0


class VideoRef(Value, frozen=True, kw_only=True):
    """A video whose player we build anew.

    Attributes:
        host: ``youtube`` is the only one known.
        id: The host's id of the video.
    """

    host: str
    id: str


class Correction(Value, frozen=True, kw_only=True):
    """What an editor has put right in a text that readers may have seen.

    Attributes:
        date: When, aware UTC.
        text: What was wrong and what is right; plain text, never empty.
    """

    date: datetime
    text: str


class Curated(Value, frozen=True, kw_only=True):
    """What a person decided about an item, above everything that is computed.

    Attributes:
        pin: Whether it leads its story and stands above all others.
        hide: True: it is shown nowhere; also where the file says something else than yes or no. False: it is published,
            whatever its heat. None: not decided.
        story: Id of its story; ``""``: not decided, as for the others.
        topics, quality: None: not decided.
    """

    pin: bool = False
    hide: bool | None = None
    story: str = ""
    title: str = ""
    topics: tuple[str, ...] | None = None
    quality: int | None = None


class Ranked(Value, frozen=True, kw_only=True):
    """What ``news-digest rank`` wrote into a file: where the file says something else by now, a person changed it.

    Attributes:
        quality, heat, published: None: not written.
    """

    quality: int | None = None
    heat: int | None = None
    published: bool | None = None


# One object, where nothing is said: what is usual is not kept in the cache.
NOT_CURATED: Final = Curated()
NOT_RANKED: Final = Ranked()


class Access(StrEnum):
    """Who may read the report at its source."""

    UNKNOWN = ""
    FREE = "free"
    PAID = "paid"


class Recording(Value, frozen=True, kw_only=True):
    """What can be heard: its address and media type."""

    url: str
    mime: str


class Discussion(Value, frozen=True, kw_only=True):
    """Where a report is discussed; ``title`` is ``""`` when the file does not say."""

    url: str
    title: str = ""


class NewsItem(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One news item, clean: text is plain text, addresses are safe, times are aware UTC.

    Attributes:
        slug: The file's stem and so the last part of the address; unique in an archive.
        source_path: Relative to the content folder, with ``/``.
        title, excerpt: A title is never empty; an excerpt is ``""`` when there is none.
        date, modified: Aware UTC; *modified* is None when the file does not say.
        topics: As the file spells them, in order, without repeats.
        url: The link out (``webUrl``, else ``originalUrl``); ``""`` means that the item lives on this site.
        alternate_urls: Other addresses of the same text (AMP, CDN): for finding duplicates, never linked to.
        lang: BCP 47 such as ``en-US``; ``""`` is the site's language.
        quality, heat: Ranking numbers; see docs/explanation/ranking.md.
        has_own_quality, has_own_heat: Whether the file says it; else it is 0, or follows from the reports known.
        related: The cluster as the file lists it, without itself and without repeats.
        corrections: What was put right since, newest first.
        access: Who may read the report at the source, where the file says it.
        audio: A recording of it; None: none is known.
        discussions: Where it is discussed, in the file's order.
        dead: Whether its link out leads nowhere any more; a moment: since when that is known.
        body: Sanitised HTML; ``""`` for most items.
        story: Id of the story that the file names; ``""`` when it names none, and its story is a matter of links.
        curated, ranked: What the newsdesk knows of it; no page depends on it.
        imported_from: The feed that it came from; ``""``: from none.
        first_seen: When it came from there; None: unknown.
        address: Site-relative address of its page, ending in ``/`` (or a file name for classic articles).
        packed: What the JSON API repeats of the file and no field says: :func:`.frontmatter.items.values.raw_of`.
        extra: Keys of the front matter that the format does not know, for a site's own templates.
    """

    slug: str
    source_path: str
    title: str
    excerpt: str = ""
    date: datetime
    modified: datetime | None = None
    category: str = "news"
    topics: tuple[str, ...] = ()
    provider: ProviderRef | None = None
    status: Status = Status.PUBLISHED
    lang: str = ""
    url: str = ""
    alternate_urls: tuple[str, ...] = ()
    type: ItemType = ItemType.ARTICLE
    quality: int = 0
    heat: int = 0
    has_own_quality: bool = True
    has_own_heat: bool = True
    images: tuple[ImageRef, ...] = ()
    video: VideoRef | None = None
    related: tuple[RelatedLink, ...] = ()
    corrections: tuple[Correction, ...] = ()
    access: Access = Access.UNKNOWN
    audio: Recording | None = None
    discussions: tuple[Discussion, ...] = ()
    dead: datetime | bool = False
    story: str = ""
    curated: Curated = NOT_CURATED
    ranked: Ranked = NOT_RANKED
    imported_from: str = ""
    first_seen: datetime | None = None
    body: str = ""
    address: str
    packed: bytes = b""
    extra: dict[str, Any] = {}

    @property
    def updated(self) -> datetime | None:
        """When it was last changed or corrected after it was published; None: it was not, as far as its file says."""
        corrected = self.corrections[0].date if self.corrections else self.date
        last = max(corrected, self.modified or self.date)
        return last if last > self.date else None


class TopicRecord(Value, frozen=True, kw_only=True):
    """What a file in ``content/topics/`` says of a topic.

    Attributes:
        id: The last part of its address.
        parent: The parent's **name**, as the format has it; ``""`` for a root.
    """

    id: str
    name: str
    short_name: str = ""
    parent: str = ""
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    services: dict[str, str] = {}
    description: str = ""
    source_path: str = ""


class ProviderRecord(Value, frozen=True, kw_only=True):
    """What a file in ``content/providers/`` says of a provider.

    Attributes:
        name: ``""`` when the file names none.
        access: Who may read its reports.
        owner, country, kind: Who owns it, where it is, and what it is, in the file's words.
    """

    domain: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    description: str = ""
    access: Access = Access.UNKNOWN
    owner: str = ""
    country: str = ""
    kind: str = ""
    images: tuple[ImageRef, ...] = ()
    source_path: str = ""


class StoryRecord(Value, frozen=True, kw_only=True):
    """What a file in ``content/stories/`` says of a story.

    Attributes:
        id: The file's name as the last part of an address.
        title, excerpt: Plain text; ``""`` when the file has none.
        picture: What stands for the story in place of its leader's picture.
        is_pinned: Whether it stands before other stories.
        is_closed: Whether it is over, however young its last report is.
        formerly: Ids that the story had, in order.
        corrections: What was put right in the owner's words, newest first.
        body: Sanitised HTML: what happened, in the owner's words.
    """

    id: str
    title: str = ""
    excerpt: str = ""
    picture: ImageRef | None = None
    is_pinned: bool = False
    is_closed: bool = False
    formerly: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    body: str = ""
    source_path: str = ""


class Topic(Value, frozen=True, kw_only=True):
    """A subject, with its place in the tree.

    Attributes:
        id: The last part of its address; unique.
        parent, children: Ids, ``""`` for no parent; children in the order of their names.
    """

    id: str
    name: str
    short_name: str
    parent: str = ""
    children: tuple[str, ...] = ()
    description: str = ""
    record: TopicRecord | None = None


class Provider(Value, frozen=True, kw_only=True):
    """Somebody who published items, keyed by domain.

    Attributes:
        name: The record's, else the name that most of its items use.
        other_names: Further names in use, in order.
        icon: The record's picture nearest to 50×50, else an item's; None when there is none.
        access, owner, country, kind: The record's.
    """

    domain: str
    name: str
    slug: str
    other_names: tuple[str, ...] = ()
    description: str = ""
    access: Access = Access.UNKNOWN
    owner: str = ""
    country: str = ""
    kind: str = ""
    icon: ImageRef | None = None


class Story(Value, frozen=True, kw_only=True):
    """What several items report.

    Attributes:
        id: The last part of its address. It depends on no rank, order or clock.
        members: Its reports, oldest first, each address once: of two items with one link the hotter.
        lead: The report that stands for it: the one with the most heat, then the best.
        record: What the site's owner says of it.
        former: Other ids whose address leads here, in order; none is the id of a story.
        has_page: Whether it has as many reports as a page needs, one of them published.
        is_named: Whether a file names it; else it is a group of mutual links.
    """

    id: str
    members: tuple[NewsItem, ...]
    lead: NewsItem
    record: StoryRecord | None = None
    former: tuple[str, ...] = ()
    has_page: bool = False
    is_named: bool = False


class Member(Value, frozen=True, kw_only=True):
    """One report inside a cluster, joined: the target's own data where it is in the archive.

    Attributes:
        slug: The target's slug when it is in the archive, else ``""``.
        has_page: Whether the target has a page here; then links stay on the site, else they lead to its *url*.
    """

    slug: str
    has_page: bool
    address: str
    url: str
    title: str
    date: datetime | None
    provider: ProviderRef | None
    quality: int
    lang: str = ""


class Cluster(Value, frozen=True, kw_only=True):
    """Items about one story, seen from one of them.

    Attributes:
        slug: The item this view of the cluster belongs to.
        lead: Slug of the leader (the member with the highest quality); the item itself for a leader.
        members: The other reports, best quality first, without the item itself.
        slugs: Of those members that are in the archive, in the same order.
    """

    slug: str
    lead: str
    members: tuple[Member, ...] = ()
    slugs: tuple[str, ...] = ()
