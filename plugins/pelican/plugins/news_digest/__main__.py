"""``python -m pelican.plugins.news_digest``."""

from .cli.main import main

if __name__ == "__main__":  # processes that work for a build (mpi4py's) import what it was started with
    raise SystemExit(main())
