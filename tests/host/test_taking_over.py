"""With our theme, sites within sites are built as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

# As i18n-subsites does: another whole build, with its theme's files in the site around it.
SUBSITE = """
import os
from pelican import Pelican, signals

def build_within(pelican):
    settings = pelican.settings
    if settings["DEFAULT_LANG"] == "en":
        more = {
            "DEFAULT_LANG": "de",
            "OUTPUT_PATH": os.path.join(settings["OUTPUT_PATH"], "de"),
            "CACHE_PATH": os.path.join(settings["CACHE_PATH"], "de"),
            "SITEURL": settings["SITEURL"] + "/de",
            "THEME_STATIC_DIR": "../theme",
            "THEME_STATIC_PATHS": [],
        }
        Pelican({**settings, **more}).run()

def register():
    signals.get_writer.connect(build_within)
"""


def test_a_site_within_a_site_has_its_style_there(site: Site):
    """Both are whole, the inner one links to the outer one's theme, and each is summed up."""
    (site.root / "within.py").write_text(SUBSITE, encoding="utf-8")
    site.settings(PLUGINS=["within", "pelican.plugins.news_digest"], DIGEST_SEARCH=False, CACHE_PATH="cache")
    site.write("news/a.md", front_matter())
    for changed in (True, False):
        result = site.build("--fatal", "errors")
        assert 0 == result.returncode, result.stdout
        assert 2 == result.stdout.count("News Digest: 1 of 1 item")
        assert changed == (" 0 files changed" not in result.stdout)
    assert (site.output / "theme/digest.css").is_file()
    assert not (site.output / "de/theme").exists()
    assert "/de/../theme/digest.css" in site.page("de/news/a/index.html")
