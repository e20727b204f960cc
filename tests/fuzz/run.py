"""``make fuzz``: walks the whole way with mutated files until the time is over or a promise is broken.

With atheris (dependency group ``fuzz``) mutations follow the code that they reach; where its wheel does not exist,
Hypothesis makes the files, and says so. The hostile articles of the tests are where it starts.

Usage: ``python -m tests.fuzz.run [seconds]``
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parents[1] / "hostile" / "cases"
FOUND = Path(".cache/fuzz")
SECONDS = 600

atheris: Any
try:
    import atheris
except ImportError:
    atheris = None


def main() -> None:
    """Fuzz for as many seconds as the command line says."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    FOUND.mkdir(parents=True, exist_ok=True)
    if atheris is None:
        _with_hypothesis(seconds)
    else:
        _with_atheris(seconds)


def _with_atheris(seconds: int) -> None:
    """Let libFuzzer mutate the cases; it exits with 77 at the first broken promise, and keeps the file."""
    with atheris.instrument_imports(include=["pelican.plugins.news_digest", "frontmatter", "markdown"]):
        from tests.fuzz.way import walk

    def one(data: bytes) -> None:
        try:
            walk(data)
        except BaseException:
            (FOUND / "broken").write_bytes(data)
            raise

    seeds = FOUND / "seeds"
    seeds.mkdir(exist_ok=True)
    for path in CASES.glob("*.md"):
        (seeds / path.name).write_bytes(path.read_bytes())
    corpus = FOUND / "corpus"
    corpus.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=3000", "-max_len=6000", "-print_final_stats=1",
        f"-artifact_prefix={FOUND}/",
    ]  # fmt: skip
    print(f"atheris, {seconds} s; what breaks a promise is kept in {FOUND}/", flush=True)
    atheris.Setup([sys.argv[0], *options, str(corpus), str(seeds)], one)
    atheris.Fuzz()


def _with_hypothesis(seconds: int) -> None:
    """Draw files from the tests' strategies, again and again."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    from tests.fuzz.test_fuzz import files
    from tests.fuzz.way import walk

    print(f"no atheris here: Hypothesis makes the files, {seconds} s", flush=True)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:

        @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck),
                  phases=[Phase.generate, Phase.shrink])  # fmt: skip
        @given(st.binary(max_size=800).map(b"---\n".__add__) | files())
        def one(data: bytes) -> None:
            walk(data)

        one()
        count += 200
    print(f"{count} files, no promise broken")


if __name__ == "__main__":
    main()
