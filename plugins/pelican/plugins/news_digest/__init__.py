"""News Digest: a Pelican plugin and theme that turn a folder of news items into a static digest.

Pelican imports every installed namespace plugin, listed in ``PLUGINS`` or not; so this module is light and never
raises. Start reading at :mod:`.plugin`, which connects everything.
"""

from __future__ import annotations

from pathlib import Path

from .package import __version__, theme_path

_NAME = "pelican.plugins.news_digest"
__all__ = ["__version__", "register", "theme_path"]


def register() -> None:
    """Connect the plugin to Pelican's signals; Pelican calls this.

    ``PLUGINS = ["news_digest"]`` with a ``PLUGIN_PATHS`` loads this file under the short name. There is one plugin all
    the same: whatever name it was found by, the one that is connected is called ``pelican.plugins.news_digest``.
    """
    if __name__ == _NAME:
        from .running.collector import paused_collector  # noqa: PLC0415 - only for sites that list the plugin

        # What is loaded stays. Looking through it for garbage takes a fifth of the time.
        with paused_collector(freezes=True):
            from . import plugin  # noqa: PLC0415 - heavy
        plugin.connect()
        return
    from importlib import import_module  # noqa: PLC0415 - only for the short name

    namespace = import_module(_NAME.rpartition(".")[0])
    folder = str(Path(__file__).resolve().parents[1])
    if folder not in namespace.__path__:
        namespace.__path__.append(folder)
    import_module(_NAME).register()
