"""``python -m pelican.plugins.news_digest``."""

from .cli.main import main

raise SystemExit(main())
