"""What is odd about stories: names that nobody else uses, that are spelled in two ways, or that may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue.stories import REPORTS, Found, Stories, find_stories
from ..catalogue.web import own_keys, web_of
from ..errors import Diagnostic, diagnose, nearest
from ..frontmatter.addresses import known_of
from ..model import NewsItem, Status

if TYPE_CHECKING:
    from .look import FileFacts
    from .survey import Survey

ADOPT = "`news-digest stories adopt`"


def story_diagnostics(survey: Survey, *, reports: int = REPORTS) -> Iterator[Diagnostic]:
    """Yield what is odd about the stories of *survey*, and what a build says of their names.

    Args:
        reports: So many reports give a story a page.
    """
    facts = {item.slug: fact for item, fact in zip(survey.items, survey.facts, strict=True)}
    links = {slug: frozenset(reference.target.key for reference in fact.related) for slug, fact in facts.items()}
    found = find_stories(survey.items, web_of(survey.items, links=lambda item: links[item.slug]))
    stories = Stories(survey.items, found, records=survey.stories, reports=reports, is_published=lambda _: True)
    yield from stories.diagnostics
    yield from _small(found, facts, reports)
    yield from _spellings(survey, facts)
    yield from _left_out(survey, facts, links)
    yield from _renamed(survey, found, facts)
    for record in survey.stories:
        if record.id not in found.reports:
            near = nearest(record.id, found.reports, cutoff=0.8)
            hint = f"did you mean {near!r}?" if near else "it is shown nowhere"
            message = f"no item reports the story {record.id!r}"
            yield diagnose("ND433", message, path=record.source_path, line=1, hint=hint)


def _small(found: Found, facts: dict[str, FileFacts], reports: int) -> Iterator[Diagnostic]:
    """Yield the diagnostics of stories with too few reports, and of those whose name is not written down."""
    for story_id, slugs in found.reports.items():
        fact = facts[slugs[0]]
        if story_id not in found.named:
            message = f"the story is called {story_id!r} after this file, its oldest report"
            hint = f"an older one would rename it; {ADOPT} writes the name into every report"
            line = fact.related[0].line if fact.related else 1
            yield diagnose("ND434", message, path=fact.path, line=line, hint=hint)
        elif len(slugs) == 1:
            near = nearest(story_id, (other for other in found.named if other != story_id), cutoff=0.8)
            hint = f"did you mean {near!r}?" if near else f"a story has a page from {reports} reports on"
            message = f"story: {story_id!r} has one report"
            yield diagnose("ND431", message, path=fact.path, line=fact.story[1], hint=hint)


def _renamed(survey: Survey, found: Found, facts: dict[str, FileFacts]) -> Iterator[Diagnostic]:
    """Yield the stories without a name that were called otherwise before, as far as it is written down."""
    for name, slug in sorted(known_of(survey.addresses, "stories").lines.items()):
        story_id = found.id_of.get(slug)
        if story_id is not None and story_id not in found.named and name not in found.reports:
            message = f"the story {name!r} is called {story_id!r} now, after an older report; its address leads on"
            hint = f"a `story: {name}` line in its reports would have kept the name; {ADOPT} writes them"
            yield diagnose("ND436", message, path=facts[slug].path, line=1, hint=hint)


def _spellings(survey: Survey, facts: dict[str, FileFacts]) -> Iterator[Diagnostic]:
    """Yield the names that are spelled in several ways, at the first use of each but the usual one."""
    spellings: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], FileFacts] = {}
    for item in survey.items:
        if item.story:
            written = facts[item.slug].story[0]
            spellings.setdefault(item.story, Counter())[written] += 1
            first.setdefault((item.story, written), facts[item.slug])
    for story_id, counts in spellings.items():
        usual = min(counts, key=lambda text: (-counts[text], text != story_id, text))
        for written in counts.keys() - {usual}:
            fact = first[story_id, written]
            message = f"story: {written!r} and {usual!r} are one story, {story_id!r}"
            yield diagnose("ND432", message, path=fact.path, line=fact.story[1], hint="give one of them another name")


def _left_out(survey: Survey, facts: dict[str, FileFacts], links: dict[str, frozenset[str]]) -> Iterator[Diagnostic]:
    """Yield the named reports that files without a name list, and that list those: their readers see two stories."""
    nameless: dict[str, list[NewsItem]] = {}
    for item in survey.items:
        if not item.story and item.status in {Status.PUBLISHED, Status.UNPUBLISHED}:
            for key in own_keys(item):
                nameless.setdefault(key, []).append(item)
    for item in survey.items:
        keys = frozenset(own_keys(item)) if item.story else frozenset()
        near = {other.slug for key in links[item.slug] if keys for other in nameless.get(key, ())}
        mutual = sorted(slug for slug in near if not keys.isdisjoint(links[slug]))
        if mutual:
            more = f" and {len(mutual) - 1} more" if len(mutual) > 1 else ""
            message = f"story: {facts[mutual[0]].path}{more} and this file list each other; only this one names it"
            hint = "write the same line there; until then they are apart"
            yield diagnose("ND435", message, path=item.source_path, line=facts[item.slug].story[1], hint=hint)
