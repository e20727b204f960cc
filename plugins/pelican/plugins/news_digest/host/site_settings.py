"""The site's settings, before Pelican acts on them: checked, and made fit for a folder of news."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import SettingError
from ..languages import missing_words
from ..running.workers import expect_work, worker_count
from ..settings import DigestSettings, read_settings
from ..text.language_tags import HINT, language_tag
from .listening import is_anybody_told
from .old_feeds import remember_feeds
from .pelican_settings import say_unused
from .progress import show_one_display
from .state import CACHE_FOLDER, TAR_KEY
from .taking_over import is_own_theme, switch_off

if TYPE_CHECKING:
    from pelican import Pelican

log = logging.getLogger(__name__)

# So many items keep several processes busy: to render them, if not to read them.
MANY_ITEMS = 1_000
# What :mod:`..frontmatter.cache` keeps; whoever does not read imports nothing of it.
_READ: Final = "items.msgpack"


def check_settings(pelican: Pelican) -> None:
    """Check the site's settings, and keep Pelican out of the folders and addresses that are ours."""
    show_one_display()
    settings = pelican.settings
    digest = read_settings(settings)
    lang = language_tag(str(settings["DEFAULT_LANG"]))
    if not lang:
        raise SettingError([f"DEFAULT_LANG: {settings['DEFAULT_LANG']!r} is not a language tag; {HINT}"])
    settings["DEFAULT_LANG"] = lang.lower()  # Pelican compares in lower case
    if is_own_theme(pelican.theme) and (missing := missing_words(lang, digest.languages_path)):
        log.warning("DEFAULT_LANG: %s", missing)
    settings.setdefault("TIMEZONE", "UTC")  # as Pelican's own default, which it does not write down
    settings["CACHE_PATH"] = os.path.abspath(settings["CACHE_PATH"])
    ours = [digest.news_path, digest.topics_path, digest.providers_path, digest.newsletters_path]
    for key in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        settings[key] = [*settings[key], *(path for path in ours if path not in settings[key])]
    if digest.stories_path in settings["PAGE_PATHS"]:  # the owner's own pages were there first
        settings["DIGEST_STORIES_PATH"] = ""
    _expect_work(digest, content=Path(pelican.path), cache=Path(settings["CACHE_PATH"], CACHE_FOLDER))
    if settings.get(TAR_KEY):
        _empty_beside(pelican)
    if is_own_theme(pelican.theme):
        say_unused(settings)
        remember_feeds(settings)
        switch_off(settings)


def _expect_work(digest: DigestSettings, *, content: Path, cache: Path) -> None:
    """Let other processes load what they need, while Pelican sets up, where many files are read for the first time."""
    if not digest.executor and not (digest.cache and (cache / _READ).exists()):
        with suppress(OSError):
            if len(os.listdir(content / digest.news_path)) > MANY_ITEMS:
                expect_work(worker_count(digest.workers))


def _empty_beside(pelican: Pelican) -> None:
    """Empty the folder beside a tar, unless the whole site is going to lie there.

    What others write to it now is part of the tar; what they wrote last time may be over.
    """
    folder = Path(pelican.output_path)
    is_ours = folder.parent == Path(pelican.settings["CACHE_PATH"], CACHE_FOLDER)
    if is_ours and is_own_theme(pelican.theme) and not is_anybody_told():
        from ..output.tar.stage import empty  # noqa: PLC0415 - few sites are one

        empty(folder)
