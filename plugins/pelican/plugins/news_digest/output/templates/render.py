"""Plans → bytes: a page is a pure function of its templates, its view, the site's view and its root."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from jinja2 import Environment, StrictUndefined, TemplateError

from ...languages import catalogue_files, load_translations
from ...pages.dates import direction_of
from ...pages.plans import (
    BookPlan,
    CardPlan,
    FeedPlan,
    FilePlan,
    IconPlan,
    JsonPlan,
    MailPlan,
    PagePlan,
    PicturePlan,
    Plan,
)
from ..documents.feed import render_feed
from ..documents.json_file import render_json
from ..documents.mail import inert, mail_body, wrapped
from .compiled import CompiledTemplates
from .environment import DigestEnvironment, FastEnvironment
from .loader import make_loader
from .mistakes import template_errors

if TYPE_CHECKING:
    from ...pages.views.base import SiteView
    from .options import TemplateOptions


_RULES: Final[dict[str, Any]] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": False,
    "undefined": StrictUndefined,
}
_Kind = TypeVar("_Kind", bound=DigestEnvironment)


def make_environment(options: TemplateOptions, kind: type[_Kind] = DigestEnvironment) -> _Kind:  # type: ignore[assignment]
    """Return an environment: autoescape on, unknown names are errors, words go through gettext."""
    environment = kind(
        loader=make_loader(options.paths),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", *options.extensions],
        **{**_RULES, **options.rules},
    )
    vars(environment).update(options.attributes)
    environment.bytecode_cache = CompiledTemplates(options, environment) if options.is_portable else None
    environment.speak(load_translations(options.lang, options.languages_path))
    environment.filters.update(inert=inert, wrapped=wrapped, direction=direction_of)
    environment.filters.update(options.filters)
    environment.globals.update(options.globals)
    environment.tests.update(options.tests)
    return environment


# What most pages of a large site are made of. Each process renders some of all kinds.
_OF_MANY_PAGES: Final = tuple(
    f"{name}.html" for name in ("base", "article", "listing", "topic", "provider", "day", "week", "month")
)
_MACROS: Final = "macros/"


def compile_templates(options: TemplateOptions) -> None:
    """Compile what most pages are rendered with, for each process that is going to load it; runs in any process.

    Only for speed, as :mod:`.compiled` is: one process does it while another one makes the catalogue; without it, each
    would do it before its first page.
    """
    environment = make_environment(options, FastEnvironment)
    macros = (name for name in environment.list_templates() if name.startswith(_MACROS))
    for name in (*_OF_MANY_PAGES, *macros):
        with suppress(TemplateError):  # whoever renders it says so
            environment.get_template(name)


def templates_key(options: TemplateOptions, *more: object) -> bytes:
    """Return what tells whether what was made of the templates of *options*, and of *more*, would be the same now.

    Each file that may be a template or a word is known again by its size and its time.
    """
    templates = (
        os.path.join(base, name) for folder in options.paths for base, _, names in os.walk(folder) for name in names
    )
    found: list[tuple[str, int, int]] = []
    for path in (*templates, *map(str, catalogue_files(options.lang, options.languages_path))):
        with suppress(OSError):  # gone since the folder was listed
            stat = os.stat(path)
            found.append((path, stat.st_size, stat.st_mtime_ns))
    return msgspec.msgpack.encode((options, sorted(found), *more), enc_hook=repr)


# From here on templates are compiled for speed.
MANY_FILES: Final = 200


class Renderer:
    """Renders plans.

    Args:
        root: The path of the site on its host, ``/`` or ``/repo/``.
        is_relative: Whether links are relative to the page (Pelican's ``RELATIVE_URLS``).
        files: How many there are to render: for a few, compiling templates for speed takes longer than it saves.
    """

    def __init__(
        self, options: TemplateOptions, *, site: SiteView, root: str, is_relative: bool, files: int = MANY_FILES
    ) -> None:
        self._options = options
        self._fast = make_environment(options, FastEnvironment) if files >= MANY_FILES and options.is_as_ours else None
        self._not_fast: set[str] = set()
        self._site = site
        self._root = root
        self._is_relative = is_relative

    @cached_property
    def _plain(self) -> Environment:
        """The environment that is right about every template, for those that the fast one does not understand."""
        return make_environment(self._options)

    def render(self, plan: Plan) -> bytes:  # noqa: PLR0911 - one for each kind of plan
        """Return the bytes that *plan* describes."""
        match plan:
            case PagePlan():
                return self._page(plan)
            case MailPlan():
                return mail_body(plan.template, "".join(self._filled(plan.template, view=plan.view))).encode()
            case FeedPlan():
                return render_feed(plan)
            case JsonPlan():
                return render_json(plan.payload)
            case FilePlan():
                return plan.data
            case PicturePlan():
                return Path(plan.source).read_bytes()
            case CardPlan():
                # Heavy, and only where there are cards to draw.
                from ...images.cards.card import draw_card  # noqa: PLC0415

                return draw_card(plan.card, fonts=plan.fonts)
            case BookPlan():
                from ..documents.epub import render_book  # noqa: PLC0415 - the same, for its cover

                return render_book(plan)
            case IconPlan():
                from ...images.marks.icon import draw_icon  # noqa: PLC0415 - the same

                is_ico = plan.save_as.endswith(".ico")
                return draw_icon(plan.source, side_px=plan.side_px, ground=plan.ground, as_ico=is_ico)
        raise TypeError(plan)

    def _page(self, plan: PagePlan) -> bytes:
        articles = self._options.articles or {}
        article = articles.get(plan.slug) or articles.get(plan.save_as)
        known = {"article": article} if article is not None else {}
        parts = self._filled(plan.template, view=plan.view, site=self._site, root=self._root_of(plan), **known)
        # One by one: most are ASCII, which costs nothing; joined they are as wide as the page's widest letter.
        return b"".join([*map(str.encode, parts), b"\n"])

    def _filled(self, template: str, **values: object) -> list[str]:
        """Return the parts of *template* filled with *values*: the fast way, and where that one fails the right way."""
        if self._fast is not None and template not in self._not_fast:
            try:
                fast = self._fast.get_template(template)
                return list(fast.root_render_func(fast.new_context(values)))
            except Exception:  # noqa: BLE001 - a template may raise anything; the plain one raises it again
                self._not_fast.add(template)
        with template_errors(self._options.paths):
            return [self._plain.get_template(template).render(values)]

    def _root_of(self, plan: PagePlan) -> str:
        if not self._is_relative or plan.is_placeless:
            return self._root
        return "../" * plan.save_as.count("/") or "./"
