"""What crawlers are told: robots.txt, the reservation of rights, llms.txt."""

from __future__ import annotations

import json
import re
from urllib.robotparser import RobotFileParser

import pytest

from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.machines.crawlers import TRAINERS, plan_crawlers
from pelican.plugins.news_digest.pages.plans import made, page_file
from tests.builders import make_item
from tests.pages.rooms import make_room

TOPICS = (("Harbour", "topics/harbour/"), ("A [x](javascript:y) *z*\nnext", "topics/a/"))


def files_of(robots: str, **values: object) -> dict[str, str]:
    """Return what crawlers find."""
    room = make_room([make_item("a")], robots=robots, **values)
    return {plan.save_as: plan.data.decode() for plan in plan_crawlers(room, TOPICS)}


def may_read(robots: str, agent: str) -> bool:
    """Whether a crawler of that name may read a page, as Python's parser of robots.txt understands it."""
    parser = RobotFileParser()
    parser.parse(files_of(robots)["robots.txt"].splitlines())
    return parser.can_fetch(agent, "https://tiny.example/news/a/")


@pytest.mark.parametrize(
    ("robots", "searcher", "trainer"), [("open", True, True), ("no-training", True, False), ("none", False, False)]
)
def test_crawlers_are_told_what_they_may_do(robots: str, searcher: bool, trainer: bool):
    """Who only searches is not refused together with those that train; nobody is let in where nobody is to be."""
    assert searcher is may_read(robots, "Googlebot")
    assert {trainer} == {may_read(robots, name) for name in TRAINERS}


def test_rights_are_reserved_for_programs_that_read_it():
    """Only where the owner says so."""
    reserved = files_of("no-training")[".well-known/tdmrep.json"]
    assert [{"location": "/", "tdm-reservation": 1}] == json.loads(reserved)
    assert ".well-known/tdmrep.json" not in files_of("open")
    assert "reserved" in files_of("no-training")["llms.txt"]
    assert "reserved" not in files_of("open")["llms.txt"]


def test_llms_txt_leads_to_what_there_is_and_to_nothing_else():
    """Names of topics are strangers' words: none of them is a link or a line of its own."""
    said = files_of("open", has_api=False)["llms.txt"]
    assert said.startswith("# Tiny\n")
    assert "- [Harbour](https://tiny.example/topics/harbour/)\n" in said
    assert "- [A \\[x\\](javascript:y) \\*z\\* next](https://tiny.example/topics/a/)\n" in said
    assert "api/" not in said
    assert "api/news/index.json" in files_of("open")["llms.txt"]


def test_every_way_in_llms_txt_is_a_file_of_the_site():
    """Whatever the site has: stories, topics, an API."""
    items = [make_item("a", topics=("Harbour",), story="one"), make_item("b", story="one")]
    files = {plan.save_as: plan for plan in map(made, plan_site(make_room(items)))}
    ways = re.findall(r"\]\(https://tiny\.example/([^)]*)\)", getattr(files["llms.txt"], "data", b"").decode())
    assert len(ways) >= 7
    assert {page_file(way) for way in ways} <= files.keys()


def test_a_hidden_site_is_listed_nowhere():
    """No sitemap and no llms.txt names its pages."""
    names = {made(plan).save_as for plan in plan_site(make_room([make_item("a")], robots="none"))}
    assert [] == [name for name in names if name.startswith("sitemap") or name == "llms.txt"]
    assert "robots.txt" in names
