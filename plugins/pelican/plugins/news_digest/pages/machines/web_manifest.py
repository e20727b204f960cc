"""``site.webmanifest``: what a phone or a browser that puts the site on a home screen calls it, and shows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from ..plans import FilePlan

if TYPE_CHECKING:
    from ..site import SiteProfile

ADDRESS: Final = "site.webmanifest"
_HEX: Final = r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b"
# As the theme's sheet has it, as the build writes it for older browsers, or one colour for both.
_PAPER: Final = re.compile(
    rf"--paper:\s*(?:light-dark\(\s*|var\(--when-light,\s*)?({_HEX})(?:(?:\s*,\s*|\)\s*var\(--when-dark,\s*)({_HEX}))?"
)
_OURS: Final = ("#fbfaf7", "#151513")


class ManifestIcon(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of the icon: its address beside the manifest, such as ``512x512``, and its media type."""

    src: str
    sizes: str
    type: str


class _Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    description: str = ""
    lang: str
    dir: str
    start_url: str
    scope: str
    display: str
    background_color: str
    theme_color: str
    icons: tuple[ManifestIcon, ...] = ()


def paper_of(css: str) -> tuple[str, str]:
    """Return the ground of light and of dark pages, as the style sheet *css* declares it last."""
    found = _PAPER.findall(css)
    return (found[-1][0], found[-1][1] or found[-1][0]) if found else _OURS


def web_manifest(site: SiteProfile, *, direction: str, paper: str, icons: Sequence[ManifestIcon]) -> FilePlan:
    """Return the manifest of *site*; its addresses are relative, so it is right wherever the site lies.

    Args:
        direction: ``ltr`` or ``rtl``.
    """
    made = _Manifest(
        name=site.name,
        description=site.subtitle,
        lang=site.lang,
        dir=direction,
        start_url="./",
        scope="./",
        display="minimal-ui",  # with the way back: most links lead out
        background_color=paper,
        theme_color=paper,
        icons=tuple(icons),
    )
    return FilePlan(save_as=ADDRESS, data=msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
