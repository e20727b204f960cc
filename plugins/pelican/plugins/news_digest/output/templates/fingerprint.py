"""What a file is made of, as one key: equal keys, equal bytes. See docs/explanation/incremental.md."""

from __future__ import annotations

import hashlib
import inspect
from typing import TYPE_CHECKING, Final

import msgspec

from ...code import code_key
from ...disk.files import digest_of
from ...languages import catalogue_files
from ...pages.plans import (
    BookPlan,
    CardPlan,
    FeedPlan,
    FilePlan,
    JsonPlan,
    MailPlan,
    PagePlan,
    PicturePlan,
    Plan,
    Promise,
)
from .closures import TemplateClosures

if TYPE_CHECKING:
    from jinja2 import Environment

    from ...images.cards.card_spec import Card
    from ...pages.views.base import SiteView
    from ..packing import Parcel
    from .options import TemplateOptions

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")


class UnknownFilterError(ValueError):
    """A site's own filter whose code cannot be read: then nothing is known to be fresh."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the code of {name!r} cannot be read")
        self.name = name


def options_key(options: TemplateOptions) -> bytes:
    """Return a digest of what a site adds to the templates' language, and of the words in its own.

    Raises:
        UnknownFilterError: A filter, test or global is code that cannot be read.
    """
    if options.unknown:
        raise UnknownFilterError(options.unknown[0])
    digest = hashlib.blake2b(digest_size=16)
    for text in (*options.code, *map(str, options.extensions), repr(sorted(options.rules.items()))):
        digest.update(f"{text};".encode())
    for kind in (options.filters, options.globals, options.tests):
        for name, value in sorted(kind.items()):
            digest.update(f"{name}={_source(name, value)};".encode())
        digest.update(b"|")
    digest.update(options.lang.encode())
    for path in catalogue_files(options.lang, options.languages_path):
        digest.update(path.read_bytes())
    return digest.digest()


def _source(name: str, value: object) -> str:
    if callable(value):
        try:
            return inspect.getsource(value)
        except (OSError, TypeError):
            raise UnknownFilterError(name) from None
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except TypeError:
        raise UnknownFilterError(name) from None


class Fingerprinter:
    """Makes the keys of one build's files.

    Args:
        environment: The templates' environment; templates are read, not compiled.
        root: The path of the site on its host, and whether links are relative.

    Raises:
        UnknownFilterError: See :func:`options_key`.
    """

    def __init__(self, environment: Environment, *, options: TemplateOptions, site: SiteView, root: str) -> None:
        self._closures = TemplateClosures(environment)
        self._code = code_key()
        self._code_and_options = self._code + options_key(options)
        shared = hashlib.blake2b(self._code_and_options + root.encode(), digest_size=16)
        shared.update(_ENCODER.encode(site))
        self._shared = shared.digest()
        # Template → what promises of pages that are made with it have in common.
        self._frames: dict[str, bytes] = {}

    def key(self, plan: Plan, parcel: Parcel) -> bytes:
        """Return the key of *plan*, which is packed in *parcel*: all that determines its file, and nothing else."""
        return digest_of(self._frame(plan) + parcel.data)

    def _frame(self, plan: Plan) -> bytes:
        """Return what determines the file of *plan* beside its own data."""
        parts = [type(plan).__name__.encode()]
        if isinstance(plan, PagePlan):
            place = f"{plan.save_as}|{plan.is_placeless}|{type(plan.view).__name__}|"
            parts += [self._shared, self._closures.digest(plan.template), place.encode()]
        elif isinstance(plan, MailPlan):
            view = f"{type(plan.view).__name__}|".encode()
            parts += [self._code_and_options, self._closures.digest(plan.template), view]
        elif isinstance(plan, CardPlan):
            parts += [self._code, _ingredients(plan.card, plan.fonts)]
        elif isinstance(plan, BookPlan):
            parts += [self._code, _ingredients(plan.cover, plan.fonts)]
        elif not isinstance(plan, FeedPlan | FilePlan | JsonPlan | PicturePlan):
            # Those are their bytes, or are named by them.
            parts.append(self._code)
        return b"".join(parts)

    def facts(self, promise: Promise) -> bytes:
        """Return a digest of everything that the plan of *promise* is made from, and then its file: its key follows."""
        template = promise.template
        frame = self._frames.get(template)
        if frame is None:
            of_page = self._shared + self._closures.digest(template) if template else b""
            frame = self._frames[template] = self._code_and_options + of_page
        return digest_of(b"%b%b\0%b" % (frame, promise.save_as.encode("utf-8", "surrogatepass"), promise.facts()))

    def check_templates(self) -> None:
        """Parse every template that was asked for: before much is written, so that a broken one leaves the site whole.

        Raises:
            jinja2.TemplateSyntaxError: With the template's name and line.
        """
        self._closures.check()


def _ingredients(card: Card, fonts: str) -> bytes:
    # Heavy, and only where there are cards to draw.
    from ...images.cards.card import ingredients  # noqa: PLC0415

    return ingredients(card, fonts=fonts)


def reason_of(key: bytes, old: bytes | None) -> str:
    """Return in words why a file is rendered, for ``--explain``.

    Args:
        key: What it has now.
        old: What it had in the last build; None: there was none.
    """
    if old is None:
        return "new"
    if old != key:
        return "its content, its templates or a setting changed"
    return "the file in the output is missing or was changed"
