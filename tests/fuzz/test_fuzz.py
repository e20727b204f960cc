"""Whatever bytes a file holds: nothing escapes, nothing acts, feeds are valid. ``make fuzz`` walks this way longer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.body import markdown as body
from pelican.plugins.news_digest.text.plain import clean_title
from tests.fuzz.way import front_matter_of, heading, walk

LIMITS: Any = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FRAGMENTS = st.sampled_from(
    """<script>alert(1)</script>|</title>|</script>|--><img src=x onerror=alert(1)>|]]>|<![CDATA[|{{ 7*7 }}|{% raw %}
    |{static}/x|javascript:alert(1)|data:text/html,x|//evil.example/|https://a@b.example/|"onload="|'onclick='|&lt;b&gt;
    |&#x3c;|&amp;amp;|\u2028|\x00|\x1b[31m|\u202e|\ud800|<iframe src=//e>|<base href=//e>|<b|> > > |- - -
    |[x](javascript:y)|![x](//e/p)|<svg/onload=alert(1)>|<math><mtext><style>|<p onclick=x>|https://a.example/"><b>|é|\U0001f600|
    """.split("|")
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=8), max_size=5).map("".join)
SCALARS = TEXTS | st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats()
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(TEXTS, v, max_size=3), max_leaves=6)
KEYS = st.sampled_from(
    """title excerpt webUrl originalUrl ampWebUrl provider topics images related featuredContent locale category type
    quality heat published removed updatedDateTime secured save_as url slug status author tags""".split()
)
PROVIDERS = st.fixed_dictionaries({"name": TEXTS, "domain": TEXTS | st.just("a.example")})
IMAGES = st.lists(st.fixed_dictionaries({"url": TEXTS, "width": st.just(640), "height": st.just(360), "title": TEXTS}))
RELATED = st.lists(
    st.fixed_dictionaries({"title": TEXTS, "webUrl": TEXTS | st.just("https://r.example/"), "provider": PROVIDERS})
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Return a file that gets far: a title, a date, and hostile values of the right shape or of any."""
    values: dict[str, Any] = {"title": draw(TEXTS), "publishedDateTime": "2026-05-01T08:00:00Z"}
    shaped = {"provider": PROVIDERS, "images": IMAGES, "related": RELATED, "topics": st.lists(TEXTS), "excerpt": TEXTS}
    for key, strategy in shaped.items():
        if draw(st.booleans()):
            values[key] = draw(strategy)
    values |= draw(st.dictionaries(KEYS | TEXTS, VALUES, max_size=4))
    return front_matter_of(values, draw(TEXTS))


@LIMITS
@given(st.binary(max_size=400) | st.binary(max_size=200).map(b"---\n".__add__) | files())
@example(b"---\ntitle: a\npublishedDateTime: 2026-05-01\n---\nx\x0by")  # each of these was a bug
@example(b"---\ntitle: a\npublishedDateTime: 0001-01-01\n---\n")
@example(b'---\ntitle: "\\uFFFE"\npublishedDateTime: 2026-05-01\n---\n')
def test_any_bytes(data: bytes):
    """Random bytes, random front matter, and files that look right."""
    walk(data)


@LIMITS
@given(files())
def test_hostile_values(data: bytes):
    """Files that nearly always become items."""
    walk(data)


@LIMITS
@given(TEXTS.filter(clean_title))
@example("<b>&amp;lt; {{ x }} </h1>")
def test_headline_is_shown_as_it_was_written(title: str):
    """What a reader sees is the text, mended as documented and nothing else."""
    item = walk(front_matter_of({"title": title, "publishedDateTime": "2026-05-01"}, ""))
    if item is not None:
        assert item.title == heading(item)


def test_the_way_is_not_blind(monkeypatch: pytest.MonkeyPatch):
    """Without the sanitiser the same walk finds what acts."""
    hostile = front_matter_of({"title": "x", "publishedDateTime": "2026-05-01"}, "<img src=x onerror=alert(1)>")
    assert walk(hostile) is not None
    monkeypatch.setattr(body, "sanitize", lambda html, *, prefix: html)
    with pytest.raises(AssertionError, match="onerror"):
        walk(hostile)
