"""Settings for the public site: the preview's, and what only the public site has."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

# Where the world finds the site; a project page on GitHub Pages lives below a path: https://name.github.io/repo
# The workflow says it in the environment; what stands here holds everywhere else.
SITEURL = os.environ.get("SITEURL") or "https://digest.example.org"
RELATIVE_URLS = False
