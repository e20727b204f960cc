"""What is kept between builds is the same object, or made anew, and never anything else."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.running.kept import Kept


def value(kept: Kept[str], facts: object) -> str:
    """Return what is kept as ``a``."""
    return kept.of("a", facts, lambda: f"made from {facts}")


def test_equal_facts_serve_again():
    """Also as other objects; a round later, not two."""
    kept: Kept[str] = Kept()
    first = value(kept, (1, 2))
    kept.begin()
    assert first is value(kept, (1, 2))
    kept.begin()
    kept.begin()
    assert first is not value(kept, (1, 2))


def test_other_facts_are_another_value():
    """Whatever was kept."""
    kept: Kept[str] = Kept()
    value(kept, 1)
    kept.begin()
    assert "made from 2" == value(kept, 2)
    kept.begin()
    assert "made from 1" == value(kept, 1)


def test_facts_are_asked_for_once_a_round():
    """However often a value is; in the next round again."""
    kept: Kept[str] = Kept()
    asked: list[int] = []

    def facts() -> int:
        asked.append(len(asked))
        return 1

    for made in (1, 2):
        kept.begin()
        assert ["value", "value"] == [kept.once("a", facts, lambda: "value") for _ in range(2)]
        assert made == len(asked)


def test_forgotten_is_forgotten():
    """What was kept, and what is of this round."""
    kept: Kept[str] = Kept()
    first = value(kept, 1)
    kept.forget()
    assert first is not kept.once("a", lambda: 1, lambda: "another")


def test_what_does_not_last_serves_one_round():
    """No facts are kept, and none are asked for."""
    kept: Kept[object] = Kept(lasts=False)
    first = kept.once("a", lambda: 1 / 0, object)
    assert first is kept.once("a", lambda: 1 / 0, object)
    kept.begin()
    assert first is not kept.once("a", lambda: 1 / 0, object)
    assert kept.of("b", None, object) is not kept.of("b", None, object)


@pytest.mark.parametrize("lasts", [True, False])
def test_only_so_many_are_kept_where_nothing_lasts(lasts: bool):
    """A first build of a hundred thousand items holds no entry of each; a preview does, for the next round."""
    kept: Kept[str] = Kept(lasts=lasts, most=2)
    made: list[str] = []

    def ask(name: str) -> str:
        return kept.once(name, lambda: 1, lambda: made.append(name) or f"value of {name}")

    assert [f"value of {name}" for name in "aabbcca"] == [ask(name) for name in "aabbcca"]
    assert list("abc" if lasts else "abca") == made
