"""What is kept between builds is the same object, or made anew, and never anything else."""

from __future__ import annotations

from pelican.plugins.news_digest.kept import Kept


def value(kept: Kept[str], facts: object) -> str:
    """Return what is kept as ``a``."""
    return kept.of("a", facts, lambda: f"made from {facts}")


def test_equal_facts_serve_again():
    """Also as other objects; a round later, not two."""
    kept: Kept[str] = Kept()
    first = value(kept, (1, 2))
    kept.begin()
    assert kept.get("a") is None
    assert first is value(kept, (1, 2))
    assert first is kept.get("a")
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


def test_forgotten_is_forgotten():
    """What was kept, and what is of this round."""
    kept: Kept[str] = Kept()
    first = value(kept, 1)
    kept.forget()
    assert kept.get("a") is None
    assert first is not value(kept, 1)
