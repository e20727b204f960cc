"""START HERE. The doors to Pelican, in the order in which a build passes through them.

============================== ==================================================================
Pelican's signal               what happens
============================== ==================================================================
initialized                    settings are checked; Pelican's own lists and feeds are switched off
generator_init                 no generator of Pelican's follows a link out of the content folder;
                               templates of any theme find our partial
readers_init                   Markdown files may begin with a ``---`` block
article_generator_pretaxonomy  the archive is read, the catalogue built, items become articles
static_generator_finalized     nor a link in a text; themes of others get the pictures that were made
get_generators                 :class:`~.host.generator.DigestGenerator` joins
all_generators_finalized       with our theme, Pelican is left nothing to write
finalized                      what was built is summed up
============================== ==================================================================

Each hook lives in :mod:`.host`, where it reads Pelican's state, calls one function and stores one result. In a site
that has not asked for a digest (:mod:`.host.asking`) none of them does anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from pelican.plugins import signals

from .frontmatter.classic import reader_classes
from .host.asking import is_asked_for
from .host.generator import DigestGenerator
from .host.guard import NO_TRACE, copy_whole, guard, guard_links
from .host.items import add_items
from .host.site_settings import check_settings
from .host.stock.partials import add_partials
from .host.stock.pictures import add_made_pictures
from .host.summary import sum_up
from .host.taking_over import take_over

if TYPE_CHECKING:
    from pelican.generators import StaticGenerator
    from pelican.readers import Readers

    from pelican import Pelican


def add_reader(readers: Readers) -> None:
    """Let Pelican read ``---`` blocks, in every Markdown file that is left to it, and leave out what is hidden."""
    readers.reader_classes.update(reader_classes(readers.reader_classes))


def read_last(pelican: Pelican) -> None:
    """Let our reading be mixed into whatever reads Markdown by then, wherever ``PLUGINS`` names us."""
    del pelican
    signals.readers_init.disconnect(add_reader)
    signals.readers_init.connect(add_reader)


def settle_statics(generator: StaticGenerator) -> None:
    """Let Pelican copy what lies where such files lie, and what was made for pages of a theme of others."""
    guard_links(generator)
    add_made_pictures(generator)


def digest_generator(pelican: Pelican) -> type[DigestGenerator]:
    """Return the generator that writes our pages."""
    del pelican
    return DigestGenerator


def _where_asked_for(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return *hook* as a receiver that does nothing in a site that has not asked for a digest."""

    @wraps(hook)
    def receiver(sender: Any) -> Any:  # noqa: ANN401 - Pelican, a generator, readers: all of them have settings
        return hook(sender) if is_asked_for(sender.settings) else None

    return receiver


_RECEIVERS: Final = tuple(
    (signal, _where_asked_for(hook))
    for signal, hook in (
        (signals.initialized, check_settings),
        (signals.initialized, read_last),
        (signals.generator_init, guard),
        (signals.generator_init, add_partials),
        (signals.static_generator_finalized, settle_statics),
        (signals.static_generator_init, copy_whole),
        (signals.article_generator_pretaxonomy, add_items),
        (signals.get_generators, digest_generator),
    )
)


def connect() -> None:
    """Connect every hook; calling it again changes nothing."""
    logging.getLogger("pelican").addFilter(NO_TRACE)
    for signal, receiver in _RECEIVERS:
        signal.connect(receiver)
    # These two ask for what the others made.
    signals.all_generators_finalized.connect(take_over)
    signals.finalized.connect(sum_up)
