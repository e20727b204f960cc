"""Plain Pelican, as its user would set up the same site: front matter in YAML, the cache on."""

SITENAME = "Benchmark"
SITEURL = "https://benchmark.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"
STATIC_PATHS = []
PLUGIN_PATHS = ["."]
PLUGINS = ["yaml_items"]

ARTICLE_PATHS = ["news"]
ARTICLE_URL = "news/{slug}/"
ARTICLE_SAVE_AS = "news/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
AUTHOR_URL = "providers/{slug}/"
AUTHOR_SAVE_AS = "providers/{slug}/index.html"
AUTHOR_REGEX_SUBSTITUTIONS = []
CATEGORY_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "authors"]
TAGS_SAVE_AS = "topics/index.html"
AUTHORS_SAVE_AS = "providers/index.html"
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "author": None}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
