"""News Digest as it comes: nothing is set but what the archive asks for, so search, stories, API, newsletters and cards
are on.
"""

SITENAME = "Benchmark"
SITEURL = "https://benchmark.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["pelican.plugins.news_digest"]

DIGEST_PAGES = "all"
