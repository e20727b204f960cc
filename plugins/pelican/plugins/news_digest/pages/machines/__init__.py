"""What programs read: the JSON API, sitemaps, files for hosts."""

DOORS = ("web_manifest",)
