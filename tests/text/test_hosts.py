"""Hosts are read as browsers read them; the right column is what `new URL()` of Node 20 says."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.text.hosts import HostError, ascii_host


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("große-brücke.example", "xn--groe-brcke-73a66a.example"),
        ("faß.de", "xn--fa-hia.de"),
        ("ΒΌΛΟΣ.com", "xn--nxasmq6b.com"),
        ("βόλος.com", "xn--nxasmm1c.com"),
        ("İstanbul.example", "xn--istanbul-o0e.example"),
        ("ｆｕｌｌ．example", "full.example"),
        ("日本。example", "xn--wgv71a.example"),
        ("中国", "xn--fiqs8s"),
        ("☃.example", "xn--n3h.example"),
        ("😀.example", "xn--e28h.example"),
        ("_dmarc.a_b.example", "_dmarc.a_b.example"),
        ("نامه\u200cای.com", "xn--mgba3gch31f060k.com"),
        ("क\u094d\u200dष.example", "xn--11b2ezcw70k.example"),
        ("e\u0301.example", "xn--9ca.example"),
        ("XN--HFEN-LOA.example", "xn--hfen-loa.example"),
        ("a-.b--c.example", "a-.b--c.example"),
        ("1.2.3", "1.2.0.3"),
        ("0x7F.1", "127.0.0.1"),
        ("4294967295", "255.255.255.255"),
        ("１.２.３.４", "1.2.3.4"),
        ("[2001:DB8:0:0::7]", "[2001:db8::7]"),
        ("::ffff:1.2.3.4", "[::ffff:102:304]"),
        # One dot at the end is another spelling of the same host: it is dropped, so that both are one source.
        ("post.example.", "post.example"),
    ],
)
def test_a_host_is_what_a_browser_makes_of_it(host: str, expected: str):
    """Whatever its script, its spelling and its numbers."""
    assert expected == ascii_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "", ".", "post..example", "a b.example", "a<b.example", "a/b", "xn--.example", "xn--a.example",
        "a\u200cb.example", "a\u200db.example", "\u0301e.example", "\u05d0a\u05d1.example",
        "256.1.1.1", "1.2.3.4.5", "4294967296", "08.1", "a.1", "[1::2::3]", "fe80::1%eth0", "a" * 64 + ".example",
        ".".join(["a" * 60] * 5), "\ud800.example", "%ff.example", "℀.example",
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused(host: str):
    """Nothing else comes out than HostError."""
    with pytest.raises(HostError):
        ascii_host(host)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("aßéσςאب1０xn-_.。😀\u094d\u0301\u200c\u200dﬁİ:[]%2") | st.characters(), max_size=9))
@example("xn--999999999")
def test_any_text_is_a_host_in_ascii_or_none(text: str):
    """And what came out once comes out again."""
    try:
        host = ascii_host(text)
    except HostError:
        return
    assert host.isascii()
    assert host == ascii_host(host)
