"""Addresses are mended where a browser would mend them, and refused where nobody should follow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.text import address
from pelican.plugins.news_digest.text.address import (
    MAX_ADDRESS_CHARS,
    AddressError,
    _key_of,
    clean_address,
    clean_domain,
    link_key,
    readable_host,
)

quick = settings(max_examples=100, deadline=None)
parts = st.text(st.characters(), max_size=12) | st.text(
    st.sampled_from("/:?#[]@%&;= \\.\t\u200b\ud800é港"), max_size=12
)
addresses = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "//", "HTTPS://", "", "javascript:"]),
    st.sampled_from(["a.example", "häfen.example", "a.example:8080", "[::1]", ""]) | parts,
    st.sampled_from(["", "/", "/?"]).flatmap(lambda start: parts.map(lambda end: start + end)),
)


@quick
@given(addresses)
def test_clean_address_is_ascii_or_refused(value: str) -> None:
    """Whatever comes in: an http address in plain ASCII comes out, or AddressError says why not."""
    try:
        found = clean_address(value)
    except AddressError:
        return
    assert re.fullmatch(r"https?://[!-~]+", found)
    assert set() == set(found) & set('"<>\\^`{|} ')


@quick
@given(addresses.filter(lambda value: "&amp;" not in value))
def test_clean_address_is_idempotent(value: str) -> None:
    """An address that is clean stays as it is."""
    try:
        once = clean_address(value)
    except AddressError:
        return
    assert once == clean_address(once)


@quick
@given(
    st.builds(
        "http{}://{}{}{}{}".format,
        st.sampled_from(["", "s"]),
        st.sampled_from(["", "www.", "www.www."]),
        st.text("aZ0.-:8@[]", max_size=6),
        st.just("") | st.text("aZ./?#&=%;:+*'\"[] ~\u00e9\t", max_size=8).map("/{}".format),
        st.just("") | st.text("ab=&-.~_+%;é", max_size=12).map("?{}".format) | st.just("?b=2&utm_source=x&a=&b=1&b-=3"),
    )
)
def test_short_way_to_a_key_leads_where_the_long_one_does(url: str) -> None:
    """Whatever the address looks like."""
    try:
        expected = _key_of(url)
    except ValueError:  # half a bracket
        return
    assert expected == link_key.__wrapped__(url)


@quick
@given(addresses)
def test_link_key_and_host_read_every_clean_address(value: str) -> None:
    """Whatever address is clean can be compared and its host can be shown."""
    try:
        url = clean_address(value)
    except AddressError:
        return
    assert link_key(url).startswith(readable_host(url))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript://post.example/%0aalert(1)",
        "\x01javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://post.example/a",
        "mailto:ada@post.example",
        "https:",
        "https://",
        "https:///a",
        "https:post.example",
        "/a/b",
        "a/b",
        "#top",
        "https://user@post.example/",
        "https://user:secret@post.example/",
        "https://post.example\\@evil.example/",
        "https://post.example/\\evil",
        "https://post.example:port/",
        "https://post.example:99999/",
        "https://post..example/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://08.1/",
        "http://[fe80::1%25eth0]/",
        "https://xn--a.example/",
        f"https://{'a' * 64}.example/",
        "https://-/",
        "https://po st.example/",
        "https://post.example<script>/",
        'https://post.example"onclick=/',
        "https://[::1/",
        "https://" + "a" * MAX_ADDRESS_CHARS,
    ],
)
def test_what_nobody_should_follow_is_refused(value: str) -> None:
    """Other schemes, credentials, relative paths and hosts that are no names raise AddressError."""
    with pytest.raises(AddressError):
        clean_address(value)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("https://post.example", "https://post.example"),
        ("http://post.example/a", "http://post.example/a"),
        ("https://post.example/A", "HTTPS://Post.Example/A"),
        ("https://post.example/x", "//post.example/x"),
        ("https://post.example/x", "  https://post.example/x\r\n"),
        ("https://post.example/xy", "https://post.example/x\u00ad\u200b\ty"),
        ("https://xn--mgba3gch31f060k.example/a", "\u200chttps://نامه\u200cای.example/a\u200d "),
        ("https://xn--10cl1a0b660p.example/", "https://ශ්\u200dරී.example/"),
        ("https://post.example/%E2%80%8Ca", "https://post.example/\u200ca"),
        ("https://-ann.blog.example/", "https://-ann.blog.example/"),
        ("https://post.example/a%20b?c%20d#e%20f", "https://post.example/a b?c d#e f"),
        ("https://post.example/100%25", "https://post.example/100%"),
        ("https://post.example/a%20b", "https://post.example/a%20b"),
        ("https://post.example/?a=1&b=2", "https://post.example/?a=1&amp;b=2"),
        ("https://post.example/&lt;", "https://post.example/&lt;"),
        ("https://post.example/%E6%B8%AF", "https://post.example/港"),
        ("https://post.example/%22%3E%3Cscript%3E", 'https://post.example/"><script>'),
        ("https://xn--hfen-loa.example/", "https://häfen.example/"),
        ("https://xn--groe-brcke-73a66a.example/a", "https://große-brücke.example/a"),
        ("http://127.0.0.1/", "http://0x7f.1/"),
        ("https://post.example/", "https://p%6Fst.example/"),
        ("https://post.example:8443/", "https://post.example:8443/"),
        ("https://post.example/", "https://post.example./"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_what_a_browser_would_mend_is_mended(expected: str, value: str) -> None:
    """Everything that works stays; the rest is written as a browser would send it."""
    assert expected == clean_address(value)


@pytest.mark.parametrize("value", ["https://post.example/\ud800", "https://\ud800.example/"])
def test_half_a_character_is_refused(value: str) -> None:
    """A lone surrogate cannot be encoded; it is an AddressError as any other fault."""
    with pytest.raises(AddressError):
        clean_address(value)


def test_the_longest_address_is_allowed() -> None:
    """The limit itself is still allowed."""
    value = "https://post.example/".ljust(MAX_ADDRESS_CHARS, "a")
    assert value == clean_address(value)


@pytest.mark.parametrize(
    "other",
    [
        "http://post.example/a",
        "https://www.post.example/a/",
        "https://post.example/a#",
        "https://post.example/a#top",
        "https://post.example/a#!",
        "https://post.example/a#/",
        "https://post.example/a#:~:text=the%20words",
        "https://post.example/a#xtor=RSS-3208",
        "https://post.example/a#Echobox=1700000000&utm_source=x",
        "https://post.example/a?utm_source=x&UTM_Medium=y&fbclid=z",
        "https://post.example/a?gbraid=x&gclid=y",
        "https://post.example/a?ref=rss",
        "https://post.example/a?source=rss----f0e1---4",
        "https://post.example/a?xtor=RSS-1#top",
    ],
)
def test_addresses_of_one_text_share_a_key(other: str) -> None:
    """Scheme, www, a trailing slash, what marks words on a page and what is known to be tracking do not count."""
    assert link_key("https://post.example/a") == link_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/b",
        "https://m.post.example/a",
        "https://post.example/A",
        "https://post.example/a#march",
        "https://post.example/a#/2026-03",
        "https://post.example/a#!/2026-03",
        "https://post.example/a#!article=7",
        "https://post.example/a#?id=7",
        *(
            f"https://post.example/a?{name}=7"
            for name in [
                "id",
                "p",
                "article",
                "story",
                "page",
                "ref",
                "source",
                "src",
                "from",
                "item",
                "news",
                "n",
                "q",
            ]
        ),
        "https://post.example/a?7",
        "https://post.example/a?ref=21/0123",
        "https://post.example/a?source=harbour-office",
        "https://post.example/a?utm=7",
    ],
)
def test_addresses_of_two_texts_differ(other: str) -> None:
    """What a site may tell its articles apart by is never thrown away: path, host, parameter or fragment."""
    assert link_key("https://post.example/a") != link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/rota/#/2026-03", "https://a.example/rota/#/2026-04"),
        ("https://a.example/rota#!a", "https://a.example/rota#!b"),
        ("https://a.example/live#block-1", "https://a.example/live#block-2"),
        ("https://a.example/#/story?id=1", "https://a.example/#/story?id=2"),
        ("https://a.example/#港", "https://a.example/#湾"),
        ("https://a.example/?Story=1", "https://a.example/?Story=2"),
        ("https://a.example/?ref=1", "https://a.example/?ref=2"),
        ("https://a.example/x#/A", "https://a.example/x#/a"),
    ],
)
def test_two_places_of_one_page_are_two_texts(one: str, other: str) -> None:
    """Sites of one page tell their articles apart by what stands behind the sign."""
    assert link_key(clean_address(one)) != link_key(clean_address(other))


def test_tracking_in_a_fragment_leaves_its_place() -> None:
    """What a mail adds behind a place is thrown away, the place is not."""
    place = "https://a.example/rota/#/2026-03"
    assert link_key(place) == link_key(f"{place}?utm_source=mail&fbclid=1")
    assert link_key(f"{place}?id=1") == link_key(f"{place}?utm_source=mail&id=1")


def test_two_ports_are_two_hosts() -> None:
    """What answers on another port is another text."""
    assert link_key("https://post.example:8001/a") != link_key("https://post.example:8002/a")


def test_the_order_of_a_query_does_not_count() -> None:
    """Two addresses whose parameters stand in another order are one."""
    assert link_key("https://post.example/?a=1&b=") == link_key("https://post.example/?b=&a=1")


def test_no_address_has_no_key_and_no_host() -> None:
    """Empty stays empty."""
    assert (link_key(""), readable_host("")) == ("", "")


def test_a_host_is_shown_without_www() -> None:
    """Readers know a host without its www and in lower case."""
    assert readable_host("https://WWW.Post.example:8080/a") == "post.example"


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("post.example", " WWW.Post.Example "),
        ("post.example", "https://www.post.example/a?b"),
        ("post.example", "//post.example"),
        ("post.example", "ada@post.example:80"),
        ("post.example", "post.example."),
        ("xn--hfen-loa.example", "häfen.example"),
        ("xn--groe-brcke-73a66a.example", "https://www.große-brücke.example/"),
        ("2001:db8::7", "[2001:DB8:0::7]:8080"),
        ("2001:db8::7", "2001:db8::7"),
        ("post.example", "ada@www.post.example:80/a"),
        ("post.example", "ada:lace\uff20post.example"),
        ("post.example", "ada:lace%40post.example/a"),
        ("post.example", "https://lace\ufe6bpost.example/a"),
        ("", "a:b:c"),
        ("", ""),
        ("", "The Post"),
        ("", "../etc"),
        ("", "<b>"),
    ],
)
def test_a_domain_is_the_host_alone(expected: str, value: str) -> None:
    """The key of a provider is a lower-case ASCII host; what is none is empty."""
    assert expected == clean_domain(value)


@pytest.mark.parametrize(
    "value", ["https://www.a.example/b?c=d#e", "http://a-b.example/", "https://a.example/x_y/~z.html"]
)
def test_plain_addresses_take_the_short_way_to_the_same_end(value: str, monkeypatch: pytest.MonkeyPatch):
    """What would not be changed is not taken apart."""
    known = clean_address(value), readable_host(value)
    monkeypatch.setattr(address, "_PLAIN", re.compile(r"(?!)"))
    monkeypatch.setattr(address, "_PLAIN_HOST", re.compile(r"(?!)"))
    assert known == (clean_address(value), readable_host(value))


@quick
@given(addresses | st.from_regex(r"https?://[a-z.-]{1,8}/[a-z/.?=&~_-]{0,12}", fullmatch=True))
def test_short_way_agrees_with_the_long_one(value: str):
    """Also for addresses that only look plain."""

    def answer() -> tuple[str, str]:
        try:
            url = clean_address(value)
        except AddressError as error:
            return "", str(error)
        return url, readable_host(url)

    known = answer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address, "_PLAIN", re.compile(r"(?!)"))
        patch.setattr(address, "_PLAIN_HOST", re.compile(r"(?!)"))
        assert known == answer()
