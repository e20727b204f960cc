"""What one setting is, and which values it may have."""

from __future__ import annotations

import msgspec

from .errors import nearest


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting.

    Attributes:
        name: As it stands in ``pelicanconf.py``.
        default: What holds when the site says nothing.
        help: One or two sentences for site owners.
        choices: The values that are allowed; ``()`` allows any value of the default's type.
        minimum, maximum: The least and the greatest number allowed; 0 is no greatest one.
        stale: What a change makes stale: ``pages``, ``lists``, ``feeds`` or ``all``.
    """

    name: str
    default: str | int | bool | tuple[str, ...]
    help: str
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    stale: str = "all"


def problem_of(setting: Setting, value: object) -> str:
    """Return what is wrong with *value*, in words for the site's owner; ``""`` when nothing is."""
    wanted = type(setting.default)
    if wanted is tuple:
        is_texts = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
        return "" if is_texts else f"{setting.name} must be a list of texts, not {value!r}"
    if type(value) is not wanted:
        return f"{setting.name} must be {wanted.__name__}, not {value!r}"
    if setting.choices and value not in setting.choices:
        near = nearest(str(value), setting.choices)
        hint = f"; did you mean {near!r}?" if near else ""
        return f"{setting.name} must be one of {', '.join(setting.choices)}, not {value!r}{hint}"
    if isinstance(value, int) and value < setting.minimum:
        return f"{setting.name} must be at least {setting.minimum}, not {value}"
    if isinstance(value, int) and 0 < setting.maximum < value:
        return f"{setting.name} must be at most {setting.maximum}, not {value}"
    return ""
