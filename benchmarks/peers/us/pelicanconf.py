"""News Digest with everything switched off that the other programs' sites do not have and that can be switched off."""

import os
import sys

sys.path.append(os.curdir)
from whole import *  # noqa: F403

STATIC_PATHS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

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
