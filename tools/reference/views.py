"""What each template may read: ``reference/views.md``, from the views' own declarations."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

from pelican.plugins.news_digest.pages.views import (
    archive as archive_views,
)
from pelican.plugins.news_digest.pages.views import (
    feeds as feed_views,
)
from pelican.plugins.news_digest.pages.views import (
    newsletter as newsletter_views,
)
from pelican.plugins.news_digest.pages.views import (
    own as own_views,
)
from pelican.plugins.news_digest.pages.views import (
    providers as provider_views,
)
from pelican.plugins.news_digest.pages.views import (
    reports as report_views,
)
from pelican.plugins.news_digest.pages.views import (
    stories as story_views,
)
from pelican.plugins.news_digest.pages.views import (
    story as views,
)
from pelican.plugins.news_digest.pages.views import (
    tools as tool_views,
)
from pelican.plugins.news_digest.pages.views.base import SiteView, View

from .field_words import FIELD_WORDS
from .markdown import NOTE, attributes_of, summary_of, table

# A test builds a site of one of everything, and finds each template with the view that stands here.
TEMPLATES: Final[dict[str, type[View]]] = {
    "home.html": views.HomeView,
    "article.html": views.ArticleView,
    "listing.html": views.ListingView,
    "topics.html": views.TopicIndexView,
    "topic.html": views.TopicView,
    "embed.html": views.EmbedView,
    "stories.html": story_views.StoryIndexView,
    "story.html": story_views.StoryPageView,
    "providers.html": provider_views.ProviderIndexView,
    "provider.html": provider_views.ProviderView,
    "day.html": archive_views.DayView,
    "week.html": archive_views.WeekView,
    "month.html": archive_views.MonthView,
    "year.html": archive_views.YearView,
    "archive.html": archive_views.ArchiveView,
    "on-this-day.html": archive_views.OnThisDayView,
    "newsletters.html": newsletter_views.NewsletterIndexView,
    "newsletter.html": newsletter_views.EditionPageView,
    "newsletter-kept.html": newsletter_views.KeptMailView,
    "mail/newsletter.html": newsletter_views.MailView,
    "mail/newsletter.txt": newsletter_views.MailView,
    "search.html": tool_views.SearchView,
    "saved.html": tool_views.SavedView,
    "data.html": tool_views.DataView,
    "feeds.html": feed_views.FeedsView,
    "about.html": report_views.AboutView,
    "status.html": report_views.StatusView,
    "page.html": own_views.PageView,
    "404.html": own_views.NotFoundView,
}
_PLAIN: Final[dict[Any, str]] = {str: "text", int: "number", bool: "yes or no", type(None): "none"}
INTRO: Final = """\
Every page is made from one template and one **view**: frozen plain data, and nothing else. Beside `view` a template
reads `site` (a [SiteView](#siteview), the same on every page) and `root`, which stands before every site-relative
address: `href="{{ root }}{{ view.topic.href }}"`. Mails read their `view` alone.

- Text is plain text, and escaped when it is written. Only `body` of an article and `content` of a page are HTML, made
  safe before: write them with `|safe`.
- Numbers and dates that are text are written in the site's language.
- “none” is Jinja's `none`: ask with `{% if view.lead %}`. Empty text and empty lists are asked for in the same way.
- A name that does not exist stops the build with the template's line; nothing is silently empty.
- `memo(member, item, root)` calls a macro once for the same arguments: for what stands alike on many pages. Asking
  takes some microseconds, so what is written once or twice is quicker without.
- `_("…")` and `ngettext("…", "…", number)` say words in [the site's language](../how-to/languages.md).
"""


def views_page(theme: Path) -> str:
    """Return ``reference/views.md``.

    Args:
        theme: The theme's folder of templates, whose blocks are listed.
    """
    shared = [view for view in _mentioned({*TEMPLATES.values(), SiteView}) if view not in TEMPLATES.values()]
    lines = [NOTE, "# What each template gets\n", INTRO, "## Templates\n"]
    lines += table(
        ("template", "its view", "blocks that it fills"),
        [(f"`{name}`", _link(view), _codes(blocks_of(theme / name))) for name, view in TEMPLATES.items()],
    )
    blocks = _codes(blocks_of(theme / "base.html"))
    lines += [
        "",
        f"All but emails and `embed.html` extend `base.html`, whose blocks are {blocks}.",
        "",
        "The empty files in `extend/` are places for additions of your own, without replacing a template: "
        + _codes(path.name for path in sorted((theme / "extend").glob("*.html")))
        + ".",
        "",
        "## Views of pages and emails\n",
    ]
    for view in dict.fromkeys(TEMPLATES.values()):
        names = " and ".join(f"`{name}`" for name, its in TEMPLATES.items() if its is view)
        lines += _section(view, f"For {names}. ")
    lines.append("## Views inside views\n")
    for view in sorted(shared, key=lambda view: view.__name__):
        lines += _section(view, "")
    return "\n".join(lines)


def blocks_of(template: Path) -> list[str]:
    """Return the names of the blocks in a template, in order."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(template.read_text(encoding="utf-8"))  # noqa: S701 - not rendered
    return [block.name for block in tree.find_all(nodes.Block)]


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _section(view: type[View], before: str) -> list[str]:
    rows = [(f"`{name}`", type_in_words(kind), field_words(view, name)) for name, kind in _fields(view).items()]
    return [
        f"### {view.__name__}\n",
        f"{before}{summary_of(view)}\n",
        *table(("field", "type", "what it is"), rows),
        "",
    ]


def _fields(view: type[View]) -> dict[str, Any]:
    hints = get_type_hints(view)
    return {name: hints[name] for name in view.__struct_fields__}


def field_words(view: type[View], name: str) -> str:
    """Return what a field is.

    Raises:
        SystemExit: Nobody has said it yet.
    """
    for base in view.__mro__:
        if words := attributes_of(base).get(name) or FIELD_WORDS.get(f"{base.__name__}.{name}"):
            return words
    if name not in FIELD_WORDS:
        raise SystemExit(f"tools/reference/field_words.py: say what {view.__name__}.{name} is")
    return FIELD_WORDS[name]


def type_in_words(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """Return a type as people say it, with links to views."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, View):
        return _link(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return " or ".join(type_in_words(part) for part in inner)
    if origin is tuple and inner[1:] == (...,):
        words = type_in_words(inner[0])
        return (
            f"list of lists of {words.removeprefix('list of ')}" if words.startswith("list of ") else f"list of {words}"
        )
    if origin is dict:
        return f"{type_in_words(inner[1])} by name"
    raise TypeError(kind)


def _link(view: type[View]) -> str:
    return f"[{view.__name__}](#{view.__name__.lower()})"


def _mentioned(found: set[type[View]]) -> set[type[View]]:
    """Return *found* and every view that one of them holds, however deep."""
    while True:
        more = {part for view in found for kind in _fields(view).values() for part in _views_in(kind)} - found
        if not more:
            return found
        found = found | more


def _views_in(kind: Any) -> Iterator[type[View]]:  # noqa: ANN401 - any annotation
    if isinstance(kind, type) and issubclass(kind, View):
        yield kind
    for inner in get_args(kind):
        yield from _views_in(inner)


def unused_words() -> list[str]:
    """Return the words for fields that no view has."""
    known = set()
    for view in _mentioned({*TEMPLATES.values(), SiteView}):
        known |= {*view.__struct_fields__, *(f"{view.__name__}.{name}" for name in view.__struct_fields__)}
    return sorted(FIELD_WORDS.keys() - known)
