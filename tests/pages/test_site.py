"""The head of a page, addresses, and data inside scripts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.pages.addresses import provider_address, topic_address
from pelican.plugins.news_digest.pages.site import (
    SiteProfile,
    content_security_policy,
    head,
    json_for_html,
)
from pelican.plugins.news_digest.pages.views.base import LinkView, ShareImageView

SITE = SiteProfile(name="Tiny", url="https://x.example/repo")


@pytest.mark.parametrize(
    ("root", "url"),
    [("/", ""), ("/", "https://x.example"), ("/repo/", "https://x.example/repo"), ("/a/b/", "https://x.example/a/b")],
)
def test_root_is_the_path_of_the_site_on_its_host(root: str, url: str):
    """Links begin where the site begins."""
    assert root == SiteProfile(name="", url=url).root


def test_title_names_the_page_and_the_site():
    """A page's title ends with the site's name; the front page's is the site's name."""
    assert "Trams — Tiny" == head(SITE, title="Trams", address="topics/trams/").title
    assert "Tiny" == head(SITE, title="Tiny", address="").title


def test_canonical_address_is_absolute():
    """The canonical address is the public one, below the site's path."""
    assert "https://x.example/repo/topics/" == head(SITE, title="T", address="topics/").canonical


def test_site_without_an_address_has_no_canonical():
    """A preview does not claim an address."""
    assert "" == head(SiteProfile(name="Tiny"), title="T", address="topics/").canonical


def test_page_without_a_picture_is_shared_with_the_sites():
    """Every page has something to show beside a link; its own wins. A site without an address has nothing to share."""
    own, whole = (ShareImageView(url=f"https://x.example/{name}", alt="", width_px=1, height_px=1) for name in "ab")
    site = SiteProfile(name="Tiny", url="https://x.example", image=whole)
    assert whole == head(site, title="T", address="t/").share.image
    assert own == head(site, title="T", address="t/", image=own).share.image
    assert "T" == head(site, title="T", address="t/").share.title
    assert None is head(SiteProfile(name="Tiny", image=whole), title="T", address="t/").share


def test_breadcrumbs_are_told_to_machines():
    """A breadcrumb list holds positions and absolute addresses."""
    crumbs = (LinkView(text="Topics", href="topics/"), LinkView(text="Trams", href="topics/trams/"))
    (graph,) = json.loads(head(SITE, title="T", address="topics/trams/", breadcrumbs=crumbs).json_ld)["@graph"]
    assert "BreadcrumbList" == graph["@type"]
    assert [(1, "https://x.example/repo/topics/"), (2, "https://x.example/repo/topics/trams/")] == [
        (entry["position"], entry["item"]) for entry in graph["itemListElement"]
    ]


def test_page_without_schema_and_a_way_to_it_says_nothing():
    """No empty script; a breadcrumb list of the page alone leads nowhere."""
    assert "" == head(SITE, title="T", address="t/").json_ld
    assert "" == head(SITE, title="T", address="t/", breadcrumbs=[LinkView(text="T", href="t/")]).json_ld


@given(st.text() | st.sampled_from(["</script>", "<!--", "]]>", "\u2028", "&lt;/script&gt;", '"\\']))
def test_data_in_a_script_cannot_leave_it_and_reads_back(text: str):
    """No text ends a script or opens a comment, and JSON gives it back unchanged."""
    found = json_for_html({"text": text})
    assert not set("<>&\u2028\u2029") & set(found)
    assert {"text": text} == json.loads(found)


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ("topics/caf%C3%A9/", topic_address("café")),
        ("topics/trams/", topic_address("trams")),
        ("providers/post.example/", provider_address("post.example")),
    ],
)
def test_addresses_are_percent_encoded(expected: str, address: str):
    """An address in another script is an address."""
    assert expected == address


def test_policy_allows_the_sites_own_files_and_nothing_inside_a_page():
    """No script of a page's own text runs, not even one of ours; no other host is asked."""
    policy = content_security_policy(allows_remote_images=False)
    assert "default-src 'none'" in policy
    assert policy.endswith("; script-src 'self'")
    assert "unsafe" not in policy
    assert "sha256" not in policy
    assert "https:" not in policy


def test_policy_allows_remote_pictures_only_where_the_owner_does():
    """Other hosts' pictures are a choice."""
    assert "img-src 'self' data: https:" in content_security_policy(allows_remote_images=True)


def test_permanent_ids_name_the_given_authority_else_the_host():
    """The host in ids is SITEURL's unless the owner named one."""
    assert "x.example" == SITE.feed_authority
    assert "old.example" == SiteProfile(name="", url="https://x.example", authority="old.example").feed_authority
    assert "localhost" == SiteProfile(name="").feed_authority


@pytest.mark.parametrize(
    ("description", "subtitle", "expected"),
    [
        ("Of trams.", "News of the pier", "Of trams."),
        ("", "News of the pier", "Trams — Tiny: News of the pier"),
        ("", "", "Trams — Tiny"),
    ],
)
def test_every_page_has_a_description(description: str, subtitle: str, expected: str):
    """A page that says nothing of itself is known by its title and by what the site is."""
    site = SiteProfile(name="Tiny", subtitle=subtitle, url="https://tiny.example", lang="en")
    assert expected == head(site, title="Trams", address="topics/trams/", description=description).description
