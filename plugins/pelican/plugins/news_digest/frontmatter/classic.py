"""Pelican's door to Markdown files outside the news folder: ``Title:`` headers as ever, and ``---`` blocks as well."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec
from markdown import Markdown
from markupsafe import Markup, escape
from pelican.contents import Article
from pelican.readers import BaseReader, MarkdownReader

from ..disk.files import item_address, read_file
from ..disk.limits import limits_of
from ..errors import ContentError, Severity, diagnose, printable, without_userinfo
from ..model import NewsItem, Status
from ..setting.values import ItemUrl
from ..settings import read_settings
from ..text.dates import parse_date
from .items.visibility import visibility
from .opening import BEGIN_HINT, SECURED_HINT, SECURED_IN_TEXT, headers_of, opening_problem, secured_line
from .yaml.refused import FrontMatterError
from .yaml.yaml12 import has_front_matter, load_front_matter, split_front_matter

# What an article has without its file's doing: a key of such a name would shadow it, and break it.
TAKEN: Final = frozenset(
    "settings metadata translations in_default_lang source_path relative_source_path date_format timezone locale_date"
    " locale_modified digest path secured".split()
) | frozenset(dir(Article))
# What Pelican gives a meaning of its own.
_PLAIN_KEYS: Final = ("title", "slug", "status", "category", "author", "template", "url", "save_as", "lang")
_LIST_KEYS: Final = ("tags", "authors")
_DATE_KEYS: Final = ("date", "modified")
_LOOKALIKES: Final = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’"})
_OPENING: Final = re.compile(r"""(?:^|(?<=[\s(\[{«‹—–-]))["'](?=\S)""")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_PELICAN_STATUS: Final = frozenset({"published", "hidden", "draft", "skip"})
# What else an item may be has no page, not even one without a link to it.
_STATUS: Final = {Status.PUBLISHED: "published", Status.UNPUBLISHED: "hidden"}


class FrontMatterReading:
    """Mixed into a reader of Markdown, whoever made that: a ``---`` block is read as YAML.

    Texts and ``Title:`` headers stay that reader's. A file in the news format becomes an article whose ``digest``
    attribute is its :class:`~..model.NewsItem`.
    """

    # No BaseReader, or Pelican would take it for a reader of its own.
    settings: dict[str, Any]
    process_metadata: Callable[[str, Any], Any]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of one file.

        Raises:
            ContentError: The ``---`` block cannot be read; Pelican reports it and leaves the file out.
        """
        return _without_users(*self._read(source_path))

    def _read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        path = Path(source_path)
        digest = read_settings(self.settings)
        limits = limits_of(digest)
        shown_path = _shown_path(path, self.settings)
        text, _ = read_file(path, source_path=shown_path, limits=limits)
        tz = ZoneInfo(self.settings["TIMEZONE"])
        if not has_front_matter(text):
            problem = opening_problem(text)
            if problem:
                raise ContentError(diagnose("ND101", problem, path=shown_path, line=1, hint=BEGIN_HINT))
            content, metadata = super().read(source_path)  # type: ignore[misc]
            metadata.pop("secured", None)
            return content, metadata | _status(headers_of(text), path=shown_path)
        # What reads items is much, and many sites have no file for it: none but those of the news folder.
        from .items.convert import parse_item  # noqa: PLC0415
        from .stories import is_story_record  # noqa: PLC0415

        if digest.stories_path and shown_path.startswith(f"{digest.stories_path}/") and is_story_record(text):
            return "", {"status": "skip"}
        try:
            fm, body = split_front_matter(text)
            data = load_front_matter(fm, limits=limits)
        except FrontMatterError as error:
            where = f"{shown_path}:{error.line}" if error.line else shown_path
            raise ValueError(printable(f"{where}: {error.problem}")) from None  # shown by Pelican as it is
        if "publishedDateTime" in data:
            parsed = parse_item(
                text,
                source_path=shown_path,
                slug=path.stem,
                address=item_address(path.stem),
                tz=tz,
                limits=limits,
            )
            errors = [d for d in parsed.diagnostics if d.severity is Severity.ERROR]
            if parsed.item is None or errors:
                raise ContentError(errors[-1])
            day = parsed.item.date.astimezone(tz).date()
            item = msgspec.structs.replace(parsed.item, address=ItemUrl(digest.item_url).address(path.stem, day))
            metadata = _item_metadata(item, default_lang=self.settings["DEFAULT_LANG"])
            if metadata["status"] == "hidden" and shown_path.startswith(_folders(self.settings["PAGE_PATHS"])):
                metadata["status"] = "skip"  # there it would not be a member of a cluster, but a page
            return parsed.item.body, self._metadata(metadata)
        if secured_line(body):
            raise ContentError(diagnose("ND101", SECURED_IN_TEXT, path=shown_path, line=1, hint=SECURED_HINT))
        status = _status(data, path=shown_path)
        return self._text(body, path=path), self._metadata(_plain_metadata(data, tz=tz) | status)

    def _text(self, body: str, *, path: Path) -> str:
        """Return what the reader makes of a text that has no headers any more, or else of the file as it is.

        Args:
            body: What follows the ``---`` block.
            path: The file, for readers of ``---`` blocks that take none without one, such as MyST's.
        """
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, path.name)
            # The empty line ends the headers, so that a first line such as "Note: …" is none.
            copy.write_text(f"\n{body}", encoding="utf-8")
            try:
                content: str = super().read(str(copy))[0]  # type: ignore[misc]
            except Exception:  # noqa: BLE001 - whatever another plugin's reader raises
                content = super().read(str(path))[0]  # type: ignore[misc]
        return content

    def _metadata(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.process_metadata(name, value) for name, value in plain.items()}


class DigestMarkdownReader(FrontMatterReading, MarkdownReader):  # type: ignore[misc]
    """Pelican's own reader of Markdown, with ours mixed in."""

    def _text(self, body: str, *, path: Path) -> str:
        del path
        return str(Markdown(**self.settings["MARKDOWN"]).convert(body))


def reader_classes(found: Mapping[str, type[BaseReader] | None]) -> dict[str, type[BaseReader] | None]:
    """Return ending → reader for what Pelican has in *found*: all of them leave out what its own file hides.

    Whoever reads Markdown reads ``---`` blocks, too; an ending that the site gives to nobody stays nobody's.
    """
    of_markdown = DigestMarkdownReader.file_extensions
    given = {**dict.fromkeys(of_markdown, MarkdownReader), **found}
    judged: dict[str, type[BaseReader] | None] = {}
    for ending, reader in given.items():
        if reader is None or ending == "static":
            judged[ending] = reader
        else:
            judged[ending] = _mixed(reader) if ending in of_markdown else _judging(reader)
    return judged


@lru_cache(maxsize=64)
def _mixed(reader: type[BaseReader]) -> type[BaseReader]:
    """Return *reader*, which reads Markdown, with ours mixed in."""
    if issubclass(reader, FrontMatterReading):
        return reader
    return DigestMarkdownReader if reader is MarkdownReader else type(reader.__name__, (FrontMatterReading, reader), {})


def _judging(reader: type[BaseReader]) -> type[BaseReader]:
    """Return *reader*, one of Pelican's or of another plugin's, as one that asks whether its file may be shown."""

    class JudgingReader(reader):  # type: ignore[misc]
        def read(self, source_path: str) -> tuple[str | None, dict[str, Any]]:
            content, metadata = _without_users(*super().read(source_path))
            metadata.pop("secured", None)
            return content, metadata | _status(metadata, path=_shown_path(Path(source_path), self.settings))

    JudgingReader.__name__ = JudgingReader.__qualname__ = reader.__name__  # Pelican tells templates
    return JudgingReader


def _without_users(content: str, metadata: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a text and its metadata in which no address names a user or a password."""
    told = {key: without_userinfo(value) if type(value) is str else value for key, value in metadata.items()}
    return without_userinfo(content or ""), told


def _folders(paths: Sequence[str]) -> tuple[str, ...]:
    """Return what the paths of files below *paths* begin with."""
    return tuple(f"{path.strip('/')}/" for path in paths)


def _shown_path(path: Path, settings: Mapping[str, Any]) -> str:
    """Return *path* as every other message names it: relative to the content folder."""
    content = Path(settings["PATH"]).absolute()
    return path.relative_to(content).as_posix() if path.is_relative_to(content) else str(path)


def _status(data: Mapping[str, Any], *, path: str) -> dict[str, str]:
    """Return the ``status`` that hides what *data* hides: Pelican's own words stay, others leave the file out.

    Raises:
        ContentError: *data* does not say clearly whether the text may be shown.
    """
    lowered = {key.lower(): value for key, value in data.items()}
    word = str(lowered.get("status", "published")).strip().lower()
    if word in _PELICAN_STATUS:
        lowered.pop("status", None)
    verdict = visibility(lowered, lowered, path=path, date=parse_date(lowered.get("date"), tz=UTC))
    for problem in verdict.problems:
        raise ContentError(diagnose("ND119", problem.message, path=path, line=1, hint=problem.hint))
    if verdict.status is not Status.PUBLISHED:
        return {"status": "skip"}
    return {"status": word} if "status" in data or word != "published" else {}


def _item_metadata(item: NewsItem, *, default_lang: str) -> dict[str, Any]:
    address = unquote(item.address)
    # Themes print titles and summaries as HTML: in Pelican's world they are.
    metadata: dict[str, Any] = {
        "title": text_as_html(item.title),
        "date": item.date.isoformat(),
        "slug": item.slug,
        # Pages link to the item's address, so the article has to lie there, whatever its language.
        "url": item.address,
        "save_as": f"{address}index.html" if address.endswith("/") else address,
        "status": _STATUS.get(item.status, "skip"),
        "summary": text_as_html(item.excerpt),
        "category": name_as_html(item.category),
        "tags": [name_as_html(topic) for topic in item.topics],
        "digest": item,
    }
    if item.modified:
        metadata["modified"] = item.modified.isoformat()
    if item.provider:
        metadata["author"] = name_as_html(item.provider.name)
    # Pelican compares with the site's language in lower case, and what differs is no longer in that language.
    if item.lang.lower() not in {"", default_lang.lower()}:
        metadata["lang"] = item.lang
    return metadata


def text_for_themes(text: str) -> str:
    """Return *text* with typographic marks in the place of those that could end a tag or an attribute.

    Stock themes print titles and summaries as HTML, and also what ``striptags`` makes of them, which undoes escaping,
    in attributes. A mark that means nothing to HTML is the only one that stays harmless in both.
    """
    return _OPENING.sub(lambda mark: "“" if mark[0] == '"' else "‘", text).translate(_LOOKALIKES)


def text_as_html(text: str) -> Markup:
    """Return a stranger's text as stock themes may print it: see :func:`text_for_themes`."""
    return escape(text_for_themes(text))


def name_as_html(name: str) -> str:
    """Return a stranger's name as stock themes and feeds may both print it.

    Themes print it as HTML, feeds as text; so ``&`` is not escaped, and one that begins an entity becomes another.
    """
    return _ENTITY.sub("＆", text_for_themes(name))


def _plain_metadata(data: Mapping[str, Any], *, tz: ZoneInfo) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    lowered = {key.lower(): value for key, value in data.items() if value is not None}
    for key in _PLAIN_KEYS:
        if key in lowered and not isinstance(lowered[key], (list, dict)):
            metadata[key] = str(lowered[key])
    for key in _LIST_KEYS:
        value = lowered.get(key, [])
        found = [str(entry) for entry in value] if isinstance(value, list) else str(value).split(",")
        if any(entry.strip() for entry in found):
            metadata[key] = found
    for key in _DATE_KEYS:
        moment = parse_date(lowered.get(key), tz=tz)
        if moment:
            metadata[key] = moment.astimezone(tz).isoformat()
    if isinstance(lowered.get("summary"), str):
        metadata["summary"] = lowered["summary"]
    known = {*_PLAIN_KEYS, *_LIST_KEYS, *_DATE_KEYS, "summary"}
    # What a plugin or a template may ask for, as the file has it.
    others = {key: value for key, value in lowered.items() if key not in known | TAKEN and not key.startswith("_")}
    return others | metadata
