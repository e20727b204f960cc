"""A plan comes back from its bytes as it was: what one process decides, another one renders."""

from __future__ import annotations

import pickle

import msgspec
import pytest

from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.output.documents.feed import render_feed
from pelican.plugins.news_digest.output.packing import pack, unpack
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.plans import FeedPlan, FilePlan, JsonPlan, PagePlan, Plan, made
from tests.conftest import ROOT
from tests.pages.rooms import make_room


def test_every_plan_of_the_demonstration_survives():
    """Pages, mails, feeds and files; through pickle as well, in which a chunk travels."""
    archive = read_archive(ROOT / "content", timezone="UTC")
    room = make_room(archive.items, topics=archive.topics, providers=archive.providers, newsletter_mails=True)
    kinds = set()
    for plan in map(made, plan_site(room)):
        found = unpack(pickle.loads(pickle.dumps(pack(plan))))  # noqa: S301 - our own bytes
        kinds.add(type(plan))
        if isinstance(plan, JsonPlan):
            assert msgspec.json.decode(msgspec.json.encode(plan.payload)) == msgspec.json.decode(found.data)
        elif isinstance(plan, PagePlan):
            assert (found.view, found.template, found.save_as) == (plan.view, plan.template, plan.save_as)
            assert type(found.view) is type(plan.view)
        elif isinstance(plan, FeedPlan):
            assert render_feed(plan) == found.data
        else:
            assert plan == found
    assert 6 == len(kinds)


def test_file_is_its_bytes():
    """Nothing is encoded that is known."""
    assert b"\x00" == pack(FilePlan(save_as="a", data=b"\x00")).data


def test_unknown_kind_of_plan_is_a_mistake_of_ours():
    """Nothing is lost in silence."""
    with pytest.raises(TypeError):
        pack(Plan(save_as="a"))
