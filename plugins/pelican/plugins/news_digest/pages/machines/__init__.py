"""What programs read: the JSON API, sitemaps, files for hosts."""

from typing import Final

DOORS: Final = ("web_manifest",)
