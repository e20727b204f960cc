"""Who else uses what we make: receivers of Pelican's signals that are not ours, and templates that Pelican renders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from blinker import ANY, Signal
from pelican.settings import DEFAULT_CONFIG

from pelican import Pelican
from pelican.plugins import signals

_OURS: Final = __name__.rpartition(".host.")[0]
# What is sent with something that has articles, or will have them when its receivers come back to it.
_SHOWING: Final = (
    signals.get_generators,
    signals.get_writer,
    signals.all_generators_finalized,
    signals.finalized,
    signals.article_generator_pretaxonomy,
    signals.article_generator_finalized,
    signals.article_generator_write_article,
    signals.article_writer_finalized,
    signals.article_generator_context,
    signals.page_generator_finalized,
    signals.page_generator_write_page,
    signals.page_writer_finalized,
    signals.static_generator_finalized,
    signals.content_object_init,
    signals.content_written,
    signals.feed_generated,
    signals.feed_written,
)


def listeners(signal: Signal) -> tuple[Callable[..., object], ...]:
    """Return the receivers of *signal* that are not ours, in the order in which they are called."""
    return tuple(receiver for receiver in signal.receivers_for(ANY) if not _is_ours(receiver))


def plugin_of(receiver: Callable[..., object]) -> str:
    """Return what people know *receiver* by: the module that it comes from."""
    return str(getattr(receiver, "__module__", "") or type(receiver).__module__)


def _is_ours(receiver: Callable[..., object]) -> bool:
    module = plugin_of(receiver)
    return module == _OURS or module.startswith(f"{_OURS}.")


def is_anybody_looking(settings: Mapping[str, Any], *, is_own_theme: bool) -> bool:
    """Whether others see articles: another theme, a plugin, a template of the site's, a Pelican of its own.

    Args:
        settings: Pelican's, after the lists that our pages replace were taken from ``DIRECT_TEMPLATES``.
    """
    templates = settings["DIRECT_TEMPLATES"] or settings["TEMPLATE_PAGES"] or settings["OUTPUT_SOURCES"]
    is_pelicans_own = settings["PELICAN_CLASS"] in {DEFAULT_CONFIG["PELICAN_CLASS"], Pelican}
    is_ours = is_own_theme and is_pelicans_own and not templates
    return not is_ours or any(listeners(signal) for signal in _SHOWING)


def is_anybody_told() -> bool:
    """Whether somebody may write to pages after us, because they hear of them or of the end."""
    return any(map(listeners, (signals.content_written, signals.feed_written, signals.finalized)))
