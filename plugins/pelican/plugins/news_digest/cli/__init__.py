"""``news-digest``: a thin face over Pelican."""
