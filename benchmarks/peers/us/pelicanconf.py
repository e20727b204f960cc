"""News Digest with everything switched off that the other programs' sites do not have and that can be switched off."""

SITENAME = "Benchmark"
SITEURL = "https://benchmark.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"
STATIC_PATHS = []
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["pelican.plugins.news_digest"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

DIGEST_PAGES = "all"
DIGEST_API = False
DIGEST_SEARCH = False
DIGEST_NEWSLETTER = "none"
DIGEST_IMAGES = "remote"
DIGEST_CARDS = "none"
DIGEST_PAGE_SIZE = 20
DIGEST_FEED_SIZE = 20
DIGEST_RELATED_LIMIT = 0
DIGEST_COVERAGE_SHOWN = 5
DIGEST_COVERAGE_LIMIT = 5
DIGEST_STORY_REPORTS = 1_000_000  # no pages of stories
