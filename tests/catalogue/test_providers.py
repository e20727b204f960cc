"""Providers: keyed by domain, with or without a record."""

from __future__ import annotations

from collections.abc import Sequence

from pelican.plugins.news_digest.catalogue.providers import (
    build_providers,
    domain_of,
    provider_domains,
    rival_records,
)
from pelican.plugins.news_digest.model import ImageRef, NewsItem, Provider, ProviderRecord
from tests.builders import make_item, make_provider, make_provider_ref


def providers_of(items: Sequence[NewsItem], *records: ProviderRecord) -> dict[str, Provider]:
    """Return the providers of *items*, aliases applied."""
    return build_providers(items, records, aliases=provider_domains(records))


def item_by(domain: str, name: str, slug: str = "a") -> NewsItem:
    """Return an item that *name* published at *domain*."""
    return make_item(slug, provider=make_provider_ref(domain, name))


def test_domain_is_the_key():
    """One name at two domains is two providers."""
    found = providers_of([item_by("crn.com", "CRN"), item_by("crn.in", "CRN", "b")])
    assert ["crn.com", "crn.in"] == list(found)


def test_several_names_at_one_domain_are_one_provider():
    """The usual name is the provider's, the others stand beside it."""
    items = [
        item_by("microsoft.com", name, str(number)) for number, name in enumerate(["Learn", "Microsoft", "Microsoft"])
    ]
    provider = providers_of(items)["microsoft.com"]
    assert ("Microsoft", ("Learn",)) == (provider.name, provider.other_names)


def test_equally_usual_names_take_the_first_in_the_alphabet():
    """A tie between names does not depend on the order of items."""
    items = [item_by("x.example", "B", "1"), item_by("x.example", "A", "2")]
    assert "A" == providers_of(items)["x.example"].name == providers_of(items[::-1])["x.example"].name


def test_name_of_the_record_wins():
    """A record's name is used, and the items' own becomes another name."""
    provider = providers_of([item_by("post.example", "post.example")], make_provider("post.example", "The Post"))
    assert ("The Post", ("post.example",)) == (provider["post.example"].name, provider["post.example"].other_names)


def test_other_names_of_a_record_merge_domains():
    """An item whose provider a record claims by name belongs to the record's page."""
    record = make_provider("prnewswire.com", "PR Newswire", other_names=("PR Newswire UK",))
    items = [item_by("prnewswire.com", "PR Newswire"), item_by("prnewswire.co.uk", "PR NEWSWIRE UK", "b")]
    assert ["prnewswire.com"] == list(providers_of(items, record))
    assert "prnewswire.com" == domain_of(items[1], provider_domains([record]))


def test_provider_without_a_record_works():
    """A provider that nobody described has a name and a domain, and nothing invented."""
    provider = providers_of([item_by("post.example", "The Post")])["post.example"]
    assert ("The Post", (), "", None) == (provider.name, provider.other_names, provider.description, provider.icon)


def test_record_without_items_is_no_provider():
    """Who published nothing here has no page."""
    assert {} == providers_of([], make_provider("post.example"))


def test_item_without_provider_belongs_to_none():
    """A missing provider is no provider called nothing."""
    item = make_item(provider=None)
    assert "" == domain_of(item, {})
    assert {} == providers_of([item])


def test_icon_of_the_record_nearest_to_fifty_pixels_wins():
    """A record's small picture is the icon, whatever items bring along."""
    images = (ImageRef(url="/assets/400.jpg", width_px=400), ImageRef(url="/assets/50.jpg", width_px=50))
    item = make_item(provider=make_provider_ref(icon=ImageRef(url="/assets/own.jpg", width_px=50)))
    found = providers_of([item], make_provider("post.example", images=images))
    assert "/assets/50.jpg" == getattr(found["post.example"].icon, "url", None)


def test_icon_of_an_item_serves_where_no_record_has_one():
    """Without a record's picture, an item's is taken, the same one in every build."""
    icons = [ImageRef(url=f"/assets/{name}.jpg", width_px=50) for name in "ba"]
    items = [make_item(icon.url[-5], provider=make_provider_ref(icon=icon)) for icon in icons]
    assert "/assets/a.jpg" == getattr(providers_of(items)["post.example"].icon, "url", None)


def test_description_comes_from_the_record():
    """What a record says of a provider is kept."""
    record = make_provider("post.example", description="A newspaper.")
    assert "A newspaper." == providers_of([item_by("post.example", "Post")], record)["post.example"].description


def test_two_records_that_claim_one_name_are_told():
    """The first in the order of domains has it, whatever the order of files; nobody gets another source's own name."""
    records = [
        ProviderRecord(domain="b.example", name="Beta", other_names=("WIRE", "Post"), source_path="providers/1.md"),
        ProviderRecord(domain="a.example", name="Alpha", other_names=("Wire",), source_path="providers/2.md"),
        ProviderRecord(domain="post.example", name="Post", source_path="providers/3.md"),
    ]
    for given in (records, records[::-1]):
        assert {"wire": "a.example"} == provider_domains(given)
        assert [
            "providers/1.md:1: ND212 otherNames: a.example has 'WIRE' already → leave it in one of the two",
            "providers/1.md:1: ND212 otherNames: post.example has 'Post' already → leave it in one of the two",
        ] == sorted(map(str, rival_records(given)))
    assert "post.example" == domain_of(item_by("post.example", "Post"), provider_domains(records))


def test_two_records_of_one_domain_are_told():
    """The last one in the order of files is used, and the other one is told so."""
    records = [
        ProviderRecord(domain="a.example", name="Alpha", source_path="providers/1.md"),
        ProviderRecord(domain="a.example", name="Alef", source_path="providers/2.md"),
    ]
    (said,) = rival_records(records)
    assert "providers/1.md:1: ND212 domain: providers/2.md describes a.example, too, and is used" in str(said)
