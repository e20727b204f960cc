"""Languages as people write them (``pt_BR``, ``en_US.UTF-8``, ``eng``), as the one tag that browsers and feeds read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# BCP 47 without what is registered whole and what is private: language, script, region, variants, extensions.
_TAG: Final = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"((?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)"
)
# What follows the language and the region in the name of a locale: its encoding, and what is special about it.
_POSIX: Final = re.compile(r"(?:\.[\w-]*)?(?:@(\w*))?\Z")
_SCRIPTS: Final = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
HINT: Final = "write it like en, pt-BR or zh-Hans"


@lru_cache(maxsize=512)
def language_tag(value: str) -> str:
    """Return the BCP 47 tag of the language that *value* names; ``""`` for what is no tag.

    Case, ``_``, the encoding of a locale, three letters for two (``eng``) and withdrawn names (``iw``) make no
    difference.
    """
    value = value.strip()
    posix = _POSIX.search(value)
    modifier = (posix[1] or "").lower() if posix else ""
    name = value[: posix.start()] if posix else value
    match = _TAG.fullmatch(name.replace("_", "-").lower())
    if not match:
        return ""
    lang, script, region, variants, extensions = match.groups()
    script = (script or "").title() or _SCRIPTS.get(modifier, "")
    parts = (_usual_language(lang), script, _usual_region((region or "").upper()))
    return "-".join(filter(None, parts)) + variants + extensions


def _usual_language(lang: str) -> str:
    known = lang in _RENAMED or len(lang) == len("eng")
    found = _alias("language_aliases", lang) if known else ""
    # One that becomes a language and a script, as Serbo-Croatian did, stays what its author wrote.
    return found if found.isalpha() else lang


def _usual_region(region: str) -> str:
    found = _alias("territory_aliases", region) if region else ""
    return found if found.isalpha() else region


_RENAMED: Final = frozenset({"iw", "in", "ji"})


def _alias(kind: str, name: str) -> str:
    # Late: items seldom name a language, and Babel's data take 20 ms to load.
    from babel.core import get_global  # noqa: PLC0415

    found = get_global(kind).get(name, "")  # type: ignore[arg-type]
    if isinstance(found, list):
        found = found[0] if len(found) == 1 else ""
    return str(found)
