"""A video loads nothing until the reader asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import Demo, Tab, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ID = "EllHrb2026v"


def video_page(demo: Demo) -> str:
    """Return the address of a page with a video."""
    return next(kind for kind in reversed(demo.kinds) if kind.startswith("news/"))


def test_the_player_comes_after_a_click(tab: Tab, demo: Demo):
    """Before it nothing is asked of another host; after it the sandboxed player has the picture's place."""
    page = tab.page
    page.route("https://**", lambda route: route.abort())
    tab.open(video_page(demo))
    page.wait_for_timeout(100)
    assert ([], 0) == (tab.foreign, page.locator("iframe").count())
    room = page.locator(".video-frame").bounding_box()
    page.get_by_role("button", name="Play video from YouTube (loads youtube-nocookie.com)").click()
    player = page.locator("iframe")
    assert f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1" == player.get_attribute("src")
    assert "allow-scripts allow-same-origin allow-presentation" == player.get_attribute("sandbox")
    assert page.locator("h1").inner_text() == player.get_attribute("title")
    assert room == page.locator(".video-frame").bounding_box()
    page.wait_for_timeout(100)
    assert {f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1"} == set(tab.foreign)


def test_only_pages_with_a_video_may_show_a_frame(tab: Tab, demo: Demo):
    """The policy allows the player's host where there is a player, and nowhere else."""
    policy = "document.querySelector('meta[http-equiv]').content"
    assert "frame-src https://www.youtube-nocookie.com" in tab.open(video_page(demo)).evaluate(policy)
    assert "youtube" not in tab.open("latest/").evaluate(policy)


def test_without_scripts_there_is_a_link(browser: Browser, demo: Demo):
    """The page's main button leads to the video."""
    context = browser.new_context(java_script_enabled=False)
    page = open_tab(context, demo).open(video_page(demo))
    link = page.locator(".report-actions a").get_attribute("href")
    buttons = page.locator("button:visible").count()
    context.close()
    assert (f"https://www.youtube.com/watch?v={ID}", 0) == (link, buttons)
