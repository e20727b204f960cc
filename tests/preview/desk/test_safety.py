"""Whom the desk obeys: a page of its own, in a browser on this machine, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.desk.gate import (
    MAX_FORM_BYTES,
    Asked,
    read_form,
    refusal_of_body,
    refusal_to_act,
    refusal_to_show,
)
from pelican.plugins.news_digest.preview.door import Door
from tests.preview.talking import send_raw

if TYPE_CHECKING:
    from .conftest import AtDesk

HOST = "127.0.0.1:8000"
KEY = "t"


def asked(listens_at: str = "127.0.0.1", peer: str = "127.0.0.1", **headers: str | tuple[str, ...]) -> Asked:
    """Return a request of a page of the desk, but for what a test changes; ``""`` leaves a header out."""
    usual = {"host": HOST, "origin": f"http://{HOST}", "referer": f"http://{HOST}/_desk/"}
    given = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
    values = {name: value if isinstance(value, tuple) else (value,) for name, value in given.items() if value}
    return Asked(listens_at=listens_at, peer=peer, headers=values)


@pytest.mark.parametrize(
    "given",
    [
        asked(),
        asked(host="localhost:8000"),
        asked(host="LOCALHOST"),
        asked(host="[::1]:8000", listens_at="::1", peer="::1"),
        asked(listens_at="127.0.0.2"),
        asked(peer="::ffff:127.0.0.1"),
        asked(sec_fetch_dest="document"),
    ],
)
def test_this_machine_sees_the_desk(given: Asked):
    """Under its own names, at whatever loopback address, over either protocol."""
    assert refusal_to_show(given) is None


@pytest.mark.parametrize(
    "given",
    [
        asked(listens_at="0.0.0.0"),  # noqa: S104 - refused
        asked(listens_at="::"),
        asked(listens_at="192.168.1.20"),
        asked(peer="192.168.1.7"),
        asked(peer="::ffff:192.168.1.7"),
        asked(peer="not an address"),
        asked(host=""),
        asked(host="evil.example"),
        asked(host="127.0.0.1.evil.example:8000"),
        asked(host="localhost:8000@evil.example"),
        asked(host="127.0.0.1:"),
        asked(host="127.0.0.1:80a"),
        asked(host=(HOST, HOST)),
        asked(host="name-8000.app.github.dev"),
        asked(x_forwarded_for="203.0.113.7"),
        asked(x_forwarded_host="name-8000.app.github.dev"),
        asked(forwarded="for=203.0.113.7"),
        asked(via="1.1 tunnel"),
        asked(sec_fetch_dest="empty"),
        asked(sec_fetch_dest="iframe"),
        asked(sec_fetch_dest=("document", "document")),
    ],
)
def test_nobody_else_sees_it(given: Asked):
    """Not who comes over a network, by a stranger's name, through a tunnel, or from a script on a page of the site."""
    assert refusal_to_show(given) is not None
    assert refusal_to_act(given, form={"token": "t"}, token=KEY) is not None


@pytest.mark.parametrize(
    "given",
    [
        asked(origin="", referer=""),
        asked(origin="null"),
        asked(origin="http://evil.example"),
        asked(origin="", referer="http://evil.example/_desk/"),
        asked(origin="", referer=f"http://{HOST}.evil.example/"),
        asked(origin="", referer="http://[broken"),
        asked(origin=f"https://{HOST}"),
        asked(origin="http://127.0.0.1:9000"),
        asked(origin="http://localhost:8000"),
        asked(origin=(f"http://{HOST}", "http://evil.example"), referer=""),
        asked(sec_fetch_site="cross-site"),
        asked(sec_fetch_site="same-site"),
        asked(sec_fetch_site="none"),
    ],
)
def test_forms_of_other_pages_are_not_obeyed(given: Asked):
    """A form comes from the very origin that it is sent to; not saying where from is no way around that."""
    assert refusal_to_act(given, form={"token": "t"}, token=KEY) is not None


@pytest.mark.parametrize("form", [{}, {"token": ""}, {"token": "T"}, {"token": "t "}, {"token": "ť"}])
def test_the_token_is_needed(form: dict[str, str]):
    """Who has not read a page of the desk does not know it."""
    assert refusal_to_act(asked(), form=form, token=KEY) is not None
    assert refusal_to_act(asked(), form={"token": "t"}, token=KEY) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"content_length": "10", "content_type": "application/json"},
        {"content_length": "10", "content_type": "text/plain"},
        {"content_length": "10", "content_type": "multipart/form-data; boundary=x"},
        {"content_length": ""},
        {"content_length": "-1"},
        {"content_length": "1_0"},
        {"content_length": "٣"},
        {"content_length": str(MAX_FORM_BYTES + 1)},
        {"content_length": "9" * 5000},
        {"content_length": ("10", "11")},
        {"content_length": "10", "transfer_encoding": "chunked"},
    ],
)
def test_only_plain_forms_are_read(headers: dict[str, str]):
    """What no form of the desk sends is not read at all."""
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert refusal_of_body(asked(**{**form, **headers})) is not None
    assert refusal_of_body(asked(**form, content_length="10")) is None


def test_a_field_that_stands_twice_is_none():
    """Nobody can be of two minds about what a form says."""
    assert {"a": "1", "c": ""} == read_form(b"a=1&b=1&b=2&c=")
    assert {} == read_form(b"&".join(b"%d=1" % number for number in range(50)))
    assert {} == read_form(b"a=\xff")


# --- the same by real connections: whatever is refused has changed nothing --------------------------------------------


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (421, {"Host": "evil.example"}),
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": ""}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"X_Forwarded_For": "203.0.113.7"}),
        (415, {"Content_Type": "text/plain"}),
    ],
)
def test_a_forged_request_changes_nothing(desk: AtDesk, status: int, headers: dict[str, str]):
    """Whatever another site can make a browser send, no file is touched, and the terminal says so."""
    form, before = desk.form("tram", act="hide"), desk.files()
    reply = desk.send(form, **headers)
    assert (status, before) == (reply.status, desk.files())
    assert any("refused" in line for line in desk.said)


@pytest.mark.parametrize("changes", [{"token": ""}, {"token": "x" * 32}, {"token": "a\u0301"}])
def test_no_token_or_an_old_one_changes_nothing(desk: AtDesk, changes: dict[str, str]):
    """A page from before the preview was started anew says so, and offers the desk as it is."""
    form, before = desk.form("tram", act="hide", **changes), desk.files()
    reply = desk.send(form)
    assert (403, before) == (reply.status, desk.files())
    assert 'href="/_desk/"' in reply.body


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_other_method_acts(desk: AtDesk, method: str):
    """A link, a picture or a prefetch of the desk does nothing."""
    form, before = desk.form("tram", act="hide"), desk.files()
    query = "&".join(f"{name}={value}" for name, value in form.items())
    reply = desk.send(form, path=f"act?{query}", method=method)
    assert reply.status in {404, 405}
    assert before == desk.files()


@pytest.mark.parametrize("path", ["", "act/", "act/../act", "ACT", "act%2f", "../_desk/act", "undo"])
def test_forms_go_to_one_address(desk: AtDesk, path: str):
    """Nothing that only looks like it acts."""
    form, before = desk.form("tram", act="hide"), desk.files()
    assert desk.send(form, path=path).status >= 400
    assert before == desk.files()


@pytest.mark.parametrize(
    "slug",
    ["gone", "../pelicanconf", "../../etc/passwd", "news/tram", "tram.md", "/etc/passwd", "tram\0", "..", "TRAM"],
)
def test_an_item_is_named_by_its_slug(desk: AtDesk, slug: str):
    """A form names no path: what is no item's slug is nothing, and is said."""
    before = desk.files()
    page = desk.press("hide", "tram", item=slug)
    assert "there is no item" in page.body
    assert before == desk.files()


@pytest.mark.parametrize("act", ["", "delete", "undo", "HIDE"])
def test_an_unknown_act_does_nothing(desk: AtDesk, act: str):
    """Acts are words of a list; an undo of nothing undoes nothing."""
    form, before = desk.form("tram", act=act), desk.files()
    reply = desk.send(form)
    assert (303, before) == (reply.status, desk.files())


@pytest.mark.parametrize("act", ["publish", "hide", "pin", "retitle", "topics"])
def test_a_file_that_changed_meanwhile_is_not_overwritten(desk: AtDesk, act: str):
    """Who decides on what is not there any more is told, and sees what is."""
    form = desk.form("tram", act=act, value="x")
    path = desk.content / "news/tram.md"
    path.write_text(path.read_text().replace("Trams run all night", "Trams run no more"))
    before = desk.files()
    query = desk.send(form).headers["location"].partition("?")[2].partition("#")[0]
    assert "changed since this page was made" in desk.get(f"?{query}").body
    assert before == desk.files()


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "story?item=//evil.example", "?q=%0d%0aSet-Cookie:x=1", "../../"],
)
def test_the_way_back_leads_nowhere_else(desk: AtDesk, back: str):
    """Where a form leads is a page of the desk, whatever the form says."""
    reply = desk.send(desk.form("tram", act="hide", back=back))
    assert reply.headers["location"].startswith("/_desk/")
    assert "evil.example" not in reply.headers["location"].partition("?")[0]
    assert "set-cookie" not in reply.headers


def test_a_desk_that_others_could_reach_is_closed(desk: AtDesk, monkeypatch: pytest.MonkeyPatch):
    """With ``--host`` the preview answers others; the desk then answers nobody."""
    monkeypatch.setattr(Door, "knows", lambda _door, _hosts: True)
    assert 421 == desk.get(Host="name-8000.app.github.dev").status
    assert 403 == desk.get(X_Forwarded_Host="name-8000.app.github.dev").status


def test_pages_of_the_desk_keep_to_themselves(desk: AtDesk):
    """No other host is asked for anything, no frame may hold them, no cache keeps them."""
    headers = desk.get().headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert ("no-store", "DENY", "nosniff") == (
        headers["cache-control"],
        headers["x-frame-options"],
        headers["x-content-type-options"],
    )


def test_two_lengths_smuggle_nothing(desk: AtDesk):
    """A request that says two lengths is answered once, and the connection ends."""
    head = f"POST /_desk/act HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: http://127.0.0.1:{desk.port}\r\n"
    body = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nContent-Length: 90\r\n\r\na=1"
    answer = send_raw(desk.port, f"{head}{body}GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert 1 == answer.count(b"HTTP/1.1 ")
    assert b"411" in answer.split(b"\r\n")[0]
