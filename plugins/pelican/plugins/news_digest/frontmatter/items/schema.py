"""The front matter of a news item as a declared schema: one field a line, in the file's own names.

Wrong types in one value never lose the file: the value is dropped, reported, and the rest is kept.
What becomes of each value stands in :mod:`.convert`. docs/reference/front-matter.md and the schemas for editors
(:mod:`.editors`) are written from the lists here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

# Texts, numbers and dates are taken as YAML read them (`title: 2021` is a good title): what they should be is for
# editors to say.
Scalar = Any
Text = Annotated[Any, Meta(extra_json_schema={"type": ["string", "number", "boolean", "null"]})]
Address = Annotated[Any, Meta(extra_json_schema={"type": ["string", "null"], "pattern": r"^\s*(https?:)?//"})]
PictureAddress = Annotated[Any, Meta(extra_json_schema={"type": ["string", "null"]})]
Moment = Annotated[
    Any,
    Meta(
        extra_json_schema={
            "type": ["string", "null"],
            "pattern": r"^\s*\d{4}-\d{1,2}-\d{1,2}"
            r"([Tt ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([Zz]|[-+]\d{2}:?\d{2})?)?\s*$",
            "examples": ["2026-03-02T08:00:00Z"],
        }
    ),
]
Kind = Annotated[Any, Meta(extra_json_schema={"enum": ["article", "video", None]})]
AccessWord = Annotated[Any, Meta(extra_json_schema={"enum": ["paid", "free", None]})]
Audio = Annotated[Any, Meta(extra_json_schema={"type": ["string", "object", "null"]})]
Dead = Annotated[Any, Meta(extra_json_schema={"type": ["boolean", "string", "null"], "examples": [True, "2026-05-03"]})]
Discussions = Annotated[Any, Meta(extra_json_schema={"type": ["array", "string", "null"]})]
StoryName = Annotated[
    Any, Meta(extra_json_schema={"type": ["string", "integer", "null"], "examples": ["kittiwake-bridge-closed"]})
]
StoryNames = Annotated[Any, Meta(extra_json_schema={"type": ["array", "string", "null"]})]
StoryPicture = Annotated[Any, Meta(extra_json_schema={"type": ["string", "object", "null"]})]
# Read by :mod:`.visibility`, which hides what is neither yes nor no.
Switch = Annotated[Any, Meta(extra_json_schema={"type": "boolean"})]
Number = Annotated[int, Meta(ge=-(2**31), le=2**31)]


class RawImage(msgspec.Struct, rename="camel"):
    """A picture, of an item, a related entry or a provider."""

    url: Annotated[
        PictureAddress, Meta(description="An http or https address, or a path on this site such as /images/a.jpg.")
    ] = None
    width: Annotated[Number | None, Meta(description="In pixels; a picture without a size is not shown.")] = None
    height: Annotated[Number | None, Meta(description="In pixels; a picture without a size is not shown.")] = None
    title: Annotated[Text, Meta(description="What it shows: its alternative text.")] = None
    attribution: Annotated[Text, Meta(description="Repeated by the JSON API.")] = None
    is_cached: Annotated[bool | None, Meta(description="Repeated by the JSON API.")] = None


class RawProvider(msgspec.Struct, rename="camel"):
    """Who published the item."""

    name: Annotated[Text, Meta(description="The name that readers see.")] = None
    domain: Annotated[
        Text, Meta(description="Its host, without www: the key of the source's page. Missing: it has no page.")
    ] = None
    images: Annotated[list[RawImage] | None, Meta(description="Its icon, shown when it lies on this site.")] = None


class RawRelated(msgspec.Struct, rename="camel"):
    """One other report of the same story."""

    title: Annotated[Text, Meta(description="Its headline, shown when it is not in the archive.")] = None
    excerpt: Annotated[Text, Meta(description="A few sentences, as plain text.")] = None
    published_date_time: Annotated[Moment, Meta(description="When it was published.")] = None
    web_url: Annotated[Address, Meta(description="Where it is.")] = None
    original_url: Annotated[Address, Meta(description="Where it is, when webUrl is missing.")] = None
    amp_web_url: Annotated[Text, Meta(description="Not used.")] = None
    cdn_amp_web_url: Annotated[Text, Meta(description="Not used.")] = None
    type: Annotated[Text, Meta(description="Not used.")] = None
    provider: Annotated[RawProvider | None, Meta(description="Who published it.")] = None
    quality: Annotated[Number | None, Meta(description="Its rank among the reports.")] = None
    images: Annotated[list[RawImage] | None, Meta(description="Not used.")] = None


class RawCorrection(msgspec.Struct, rename="camel"):
    """One correction of the text."""

    date: Annotated[Moment, Meta(description="When it was corrected. Required.")] = None
    text: Annotated[Text, Meta(description="What was wrong and what is right: plain text. Required.")] = None


class RawCurated(msgspec.Struct):
    """What a person decided: it stands above everything that `news-digest rank` computes."""

    pin: Annotated[Switch, Meta(description="true: it leads its story, and stands above all others.")] = None
    hide: Annotated[
        Switch, Meta(description="true: it is shown nowhere. false: it stays published, whatever its heat.")
    ] = None
    story: Annotated[StoryName, Meta(description="Its story; the next rank writes it to `story`.")] = None
    title: Annotated[Text, Meta(description="Its headline; the next rank writes it to `title`.")] = None
    topics: Annotated[list[Scalar] | None, Meta(description="Its topics; the next rank writes them to `topics`.")] = (
        None
    )
    quality: Annotated[Number | None, Meta(description="Its quality; the next rank writes it to `quality`.")] = None


class RawRanked(msgspec.Struct):
    """What `news-digest rank` wrote, so that it sees what a person changed and leaves that alone."""

    quality: Annotated[Number | None, Meta(description="The quality that was written.")] = None
    heat: Annotated[Number | None, Meta(description="The heat that was written.")] = None
    published: Annotated[Switch, Meta(description="Whether it was published.")] = None


class RawItem(msgspec.Struct, rename="camel"):
    """The front matter of a news item. Keys that are not here are kept, for a site's own templates."""

    title: Annotated[Text, Meta(description="The headline: plain text, never Markdown or HTML. Required.")] = None
    excerpt: Annotated[Text, Meta(description="A few sentences: plain text.")] = None
    category: Annotated[Text, Meta(description="Pelican's category. Missing: news.")] = None
    published_date_time: Annotated[
        Moment, Meta(description="When it was published; it decides which day the item belongs to. Required.")
    ] = None
    updated_date_time: Annotated[Moment, Meta(description="When it was last changed.")] = None
    original_url: Annotated[Address, Meta(description="Where the text is, when webUrl is missing.")] = None
    web_url: Annotated[
        Address,
        Meta(description="Where the text is. Without it the item lives on this site, with the body of the file."),
    ] = None
    amp_web_url: Annotated[Text, Meta(description="Another address of the same text; used to find duplicates.")] = None
    cdn_amp_web_url: Annotated[Text, Meta(description="Another address of the same text; used to find duplicates.")] = (
        None
    )
    type: Annotated[
        Kind, Meta(description="The kind of page: article or video; another word is taken for article.")
    ] = None
    quality: Annotated[
        Number | None, Meta(description="How good the text is; ranks reports of one story. Missing: 0.")
    ] = None
    heat: Annotated[
        Number | None, Meta(description="How much it matters. Missing: quality + 20 for each related entry.")
    ] = None
    published: Annotated[
        Switch,
        Meta(description="false: a member of somebody's cluster, without a page of its own. Missing: true."),
    ] = None
    removed: Annotated[Switch, Meta(description="true: shown nowhere, whatever else is said.")] = None
    featured_content: Annotated[
        Text, Meta(description="A frame of YouTube's; only host and id are read. Missing: a video's own address.")
    ] = None
    provider: Annotated[RawProvider | None, Meta(description="Who published it. Missing: the host of webUrl.")] = None
    topics: Annotated[
        list[Scalar] | None, Meta(description="Names of topics; the first that is no root is the primary one.")
    ] = None
    images: Annotated[
        list[RawImage] | None, Meta(description="Its pictures; the first that exists and is no logo is shown.")
    ] = None
    related: Annotated[list[RawRelated] | None, Meta(description="Other reports of the same story.")] = None
    corrections: Annotated[
        list[RawCorrection] | None,
        Meta(description="What was put right since it was published; shown with its date, told in feeds."),
    ] = None
    story: Annotated[
        StoryName,
        Meta(description="The story that the item reports: items with the same word are one story. See records."),
    ] = None
    access: Annotated[
        AccessWord,
        Meta(description="paid: the report at the source is for subscribers; free: it is not."),
    ] = None
    audio: Annotated[Audio, Meta(description="The URL of a recording, or a map of url and type; feeds enclose it.")] = (
        None
    )
    discussions: Annotated[
        Discussions, Meta(description="Where the report is discussed: URLs, or maps of url and title.")
    ] = None
    dead: Annotated[
        Dead,
        Meta(
            description="true, or the date that `news-digest links` wrote: the link out leads nowhere any more, and "
            "the item's page leads to its copy at the Internet Archive first."
        ),
    ] = None
    curated: Annotated[RawCurated | None, Meta(description="What a person decided, above all that is computed.")] = None
    ranked: Annotated[RawRanked | None, Meta(description="What `news-digest rank` wrote; leave it alone.")] = None
    locale: Annotated[Text, Meta(description="The language, such as en-US or ar. Missing: the site's.")] = None
    imported: Annotated[
        dict[str, Scalar] | None,
        Meta(
            description="What `news-digest import` notes in a file that it wrote: source, id, first_seen and print. "
            "Never shown. Without it the file is not brought up to date any more."
        ),
    ] = None
    secured: Annotated[Text, Meta(description="An encrypted value; never written anywhere.")] = None


class RawTopicRecord(msgspec.Struct):
    """A topic: content/topics/<id>.yaml."""

    id: Annotated[Text, Meta(description="The last part of the topic's address; else the file's name.")] = (
        msgspec.field(name="_id", default=None)
    )
    taxonomy: Annotated[Text, Meta(description="Always topic.")] = None
    name: Annotated[
        Text, Meta(description="The name that readers see; items are matched without regard to case and accents.")
    ] = None
    shortname: Annotated[Text, Meta(description="A shorter name, for narrow places.")] = None
    parent: Annotated[Text, Meta(description="The name of the topic above.")] = None
    keywords: Annotated[list[Scalar] | None, Meta(description="Words that tell what belongs here.")] = None
    hashtags: Annotated[list[Scalar] | None, Meta(description="One hashtag each.")] = None
    images: Annotated[list[Scalar] | None, Meta(description="Addresses of pictures.")] = None
    services: Annotated[
        dict[str, Scalar] | None, Meta(description="Addresses of the JSON API, by kind of content.")
    ] = None
    description: Annotated[Text, Meta(description="A sentence or two, shown on the topic's page.")] = None


class RawProviderRecord(msgspec.Struct, rename="camel"):
    """A source: content/providers/<domain>.md."""

    id: Annotated[Text, Meta(description="The domain, when domain is missing.")] = msgspec.field(
        name="_id", default=None
    )
    taxonomy: Annotated[Text, Meta(description="Always organization.")] = None
    domain: Annotated[Text, Meta(description="Its host, without www; else the file's name.")] = None
    name: Annotated[Text, Meta(description="The name that readers see.")] = None
    other_names: Annotated[
        list[Scalar] | None, Meta(description="Names under which items of other domains belong here, too.")
    ] = None
    description: Annotated[Text, Meta(description="A sentence or two, shown on the source's page.")] = None
    access: Annotated[
        AccessWord, Meta(description="paid: its reports are for subscribers; an item may say otherwise.")
    ] = None
    owner: Annotated[Text, Meta(description="Who owns it, shown on its page.")] = None
    country: Annotated[Text, Meta(description="Where it is: two letters such as DE, or words.")] = None
    kind: Annotated[Text, Meta(description="What it is, such as daily newspaper; shown on its page.")] = None
    images: Annotated[list[RawImage] | None, Meta(description="Its icons; the one nearest to 50 × 50 is used.")] = None


class RawStoryRecord(msgspec.Struct):
    """A story: content/stories/<id>.md, with what happened in the owner's words below."""

    title: Annotated[Text, Meta(description="The story's headline. Missing: that of its leading report.")] = None
    excerpt: Annotated[Text, Meta(description="A few sentences: plain text.")] = None
    picture: Annotated[
        StoryPicture,
        Meta(description="A path on this site such as /images/a.jpg, a URL, or a picture as items have it."),
    ] = None
    pinned: Annotated[Switch, Meta(description="true: it stands before other stories.")] = None
    closed: Annotated[Switch, Meta(description="true: it is over, however young its last report is.")] = None
    corrections: Annotated[
        list[RawCorrection] | None, Meta(description="What was put right in the text below; see corrections.")
    ] = None
    formerly: Annotated[StoryNames, Meta(description="Names that the story had: their addresses lead here.")] = None


# Pelican's own names, for articles written with YAML the ordinary way.
PELICAN_NAMES: Final = {
    "date": "publishedDateTime",
    "modified": "updatedDateTime",
    "summary": "excerpt",
    "tags": "topics",
    "lang": "locale",
}
# Understood by convert.py without a field of their own: Pelican's `author(s)` name a provider, `status` decides.
PELICAN_KEYS: Final = frozenset({"author", "authors", "status", "slug", "save_as", "url", "template", "translation"})
FIELD_NAMES: Final = frozenset(field.encode_name for field in msgspec.structs.fields(RawItem))
MAX_MENDS: Final = 50
_AT: Final = re.compile(r"(?P<what>.*?)(?: - at (?P<key>`key` in )?`\$(?P<path>.*)`)?\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


class Mistake(msgspec.Struct, frozen=True):
    """A value of the wrong type that was left out: its path from the top, and what was expected."""

    path: tuple[str | int, ...]
    message: str


def decode_item(data: dict[str, Any]) -> tuple[RawItem, dict[str, Any], tuple[Mistake, ...]]:
    """Return the typed record, the keys it does not know, and what had to be left out.

    Args:
        data: The front matter as read. Pelican's names stand in for the format's where those are absent.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in data.items():
        if key in FIELD_NAMES:
            fields[key] = value
        elif key in PELICAN_NAMES:
            if PELICAN_NAMES[key] not in data:
                fields[PELICAN_NAMES[key]] = value
        else:
            extra[key] = value
    if isinstance(fields.get("topics"), str):
        fields["topics"] = [part.strip() for part in fields["topics"].split(",") if part.strip()]
    mistakes: list[Mistake] = []
    while True:
        try:
            return msgspec.convert(fields, RawItem, strict=False), extra, tuple(mistakes)
        except msgspec.ValidationError as error:
            mistake = _mistake(error)
            mistakes.append(mistake)
            # Past the limit the whole top-level key goes: a list of ten thousand wrong entries is one mistake.
            path = mistake.path if len(mistakes) < MAX_MENDS else mistake.path[:1]
            fields = _without(fields, path)


def _mistake(error: msgspec.ValidationError) -> Mistake:
    match = _AT.match(str(error))
    if match is None:  # the pattern matches every text
        raise error
    steps = tuple(name or int(index) for name, index in _STEP.findall(match["path"] or ""))
    what = match["what"].replace("`", "").replace(" | null", "").strip()
    return Mistake(steps, f"{what} - at key in {(match['path'] or '').lstrip('.')}" if match["key"] else what)


def _without(data: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML's own types
    """Return a copy of *data* that lacks the value at *path* (None in a list's place keeps the indexes true)."""
    if not path:
        return {}
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        copy = dict(data)
        if rest and step in copy:
            copy[str(step)] = _without(copy[str(step)], rest)
        else:
            copy.pop(str(step), None)
        return copy
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        items = list(data)
        items[step] = _without(items[step], rest) if rest else {}
        return items
    return data
