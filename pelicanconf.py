"""Settings for the local preview. Everything here is meant to be changed; publishconf.py adds what is public."""

SITENAME = "The Ellery Digest"
SITESUBTITLE = "Port Ellery, read from every side"
SITEURL = ""  # the preview lives at the root of localhost; publishconf.py says where the world finds it

TIMEZONE = "Europe/London"  # decides to which day an item belongs
DEFAULT_LANG = "en"
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]  # the same on every machine; dates are written in DEFAULT_LANG

PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"  # what was read and drawn, for the next build; may be deleted at any time
STATIC_PATHS = ["images", "assets"]  # folders below PATH that are copied as they are

# Straight from this checkout. With the package installed: PLUGINS = ["news_digest"], no PLUGIN_PATHS, and
# `from pelican.plugins import news_digest`, THEME = news_digest.theme_path()
PLUGIN_PATHS = ["plugins/pelican/plugins"]
PLUGINS = ["pelican.plugins.news_digest"]
THEME = "theme"

# The plugin writes the feeds.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

DISPLAY_CATEGORIES_ON_MENU = False  # True: the footer lists the categories of your own articles

# Logo, icon, menu, stories on the front page, addresses, visitors: `news-digest docs set-up`
# Every other setting: `news-digest settings`
DIGEST_PAGES = "published"
