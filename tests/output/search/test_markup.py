"""HTML becomes words, with what each weighs."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.output.search.markup import ORDINARY, one_line, weighed_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A tram</p><p>Is it?</p>", "A tram. Is it?"),
        ("A<b>B</b> C<br>D<br/>E<img alt='x > y' src=a>F", "AB C D EF"),
        ("<ul><li>one<li>two</ul>", "one two."),
        ("<ol><li><p>one</p></li><li>“two”</li></ol>", "one. “two”"),
        ("<dl><dt>a</dt><dd>b</dd></dl><pre>x\ny</pre><blockquote>q</blockquote>z", "a. b. x y. q. z"),
        ("<table><tr><th>a</th><th>b</th></tr></table>", "a. b."),
        ("R&amp;D &lt;b&gt; a&nbsp;b &copy; &#x27;x", "R&D <b> a b © 'x"),
        ("a<!-- <p>b</p> -->c<!-- d", "ac"),
        ("a<script>'<p>b</p>'</script><STYLE>c</STYLE ><svg><title>d</title></svg>e<nav>f", "ae"),
        ("a <header>b</header> <formula>c</formula>", "a b. c"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ('a<a title="b>c', "a"),
        ("a\u200bb\0c ___PAGEFIND_WEIGHT___9 d ___END_PAGEFIND_WEIGHT___ a___b", "ab c d a___b"),
        ("", ""),
    ],
)
def test_words_are_those_that_a_reader_sees(html: str, expected: str):
    """Those of two paragraphs, cells or lines are never one; neither program nor drawing is text."""
    assert expected == " ".join(line for _, line in weighed_text(html))


def test_headings_weigh_more():
    """The higher the heading, the more; what follows it weighs what everything does."""
    html = "".join(f"<H{level} id='x'>T<i>{level}</i></H{level}>" for level in range(1, 7)) + "<p>x"
    expected = [(ORDINARY * (8 - level), f"T{level}.") for level in range(1, 7)]
    assert [*expected, (ORDINARY, "x")] == weighed_text(html)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("hostile", ["<", "<a ", "<!--", '<a b="', "<script>", "<p>", "</h2", "<h1>", "&", "_"])
def test_long_texts_take_no_longer_than_they_are_long(hostile: str):
    """Whatever is repeated in them."""
    assert len(weighed_text(hostile * 40_000)) <= 1
    assert isinstance(one_line(hostile * 40_000), str)
