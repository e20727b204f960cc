"""The policy of a page that somebody else wrote to after us: it names the script that stands there now."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

_SCRIPT: Final = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script", re.DOTALL | re.IGNORECASE)
_SOURCE: Final = re.compile(rb"\bsrc\s*=", re.IGNORECASE)


def script_hash(script: bytes) -> str:
    """Return what a policy calls an inline script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"


def mended_policy(html: bytes, *, known: str) -> bytes:
    """Return a page whose policy allows its first script as it stands there, if that is an inline one.

    A minifier may have rewritten it; the policy's hash is then of a script that is no longer there, and browsers run
    none. Nothing else that somebody put into the page is allowed by it.

    Args:
        known: The hash that the page was written with.
    """
    script = _SCRIPT.search(html)
    if script is None or _SOURCE.search(script["attributes"]):
        return html
    return html.replace(known.encode(), script_hash(script["text"]).encode(), 1)
