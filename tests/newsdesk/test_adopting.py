"""An archive of `related` lists becomes one of `story:` lines: the same stories, and nothing else changes."""

from __future__ import annotations

import shutil
from datetime import UTC
from pathlib import Path

import pytest

from pelican.plugins.news_digest.catalogue.build import PagesFor, build_catalogue
from pelican.plugins.news_digest.frontmatter.reader import Archive, read_archive
from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.newsdesk.adopting import plan_stories, rewrite_story, with_story
from pelican.plugins.news_digest.running.workers import Workers, worker_count
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import front_matter
from tests.conftest import Site

A, B, C = ("https://a.example/", "https://b.example/", "https://c.example/")
KEYS = frozenset(map(link_key, (A, B)))


def rewritten(text: str, story: str = "s") -> str:
    """Return what becomes of a file of a story that is reported at A and B."""
    return with_story(text, story, repeats=KEYS, tz=UTC)


def related(*urls: str) -> str:
    """Return a list as vendors write it."""
    return "related:\n" + "".join(f'- title: "T"\n  webUrl: {url}\n' for url in urls)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_list_that_repeats_the_story_goes(bom: str, end: str):
    """Every other byte stays."""
    before = f"{bom}---\n# by hand\ntitle: 'x'   # why\n{related(A, B)}heat: 7\n---\n\nA body.\n".replace("\n", end)
    after = f"{bom}---\n# by hand\ntitle: 'x'   # why\nheat: 7\nstory: s\n---\n\nA body.\n".replace("\n", end)
    assert after == rewritten(before)
    assert after == rewritten(after)


def test_what_only_related_knows_stays_as_it_is_written():
    """Links out of the archive and to other stories, and entries beside which a person wrote something."""
    foreign, told = f"- webUrl:   '{C}'  # why\n", f"- webUrl: {B}\n  # look\n  title: x\n"
    before = f"---\ntitle: x\n{related(A)}{foreign}- webUrl: {B}\n{told}---\n"
    after = f"---\ntitle: x\nrelated:\n{foreign}{told}story: s\n---\n"
    assert after == rewritten(before)
    assert after == rewritten(after)


@pytest.mark.parametrize(
    "entry",
    [
        f"- webUrl: {A}\n  mine: kept\n",
        f"- {A}\n",
        f"- webUrl: {A}\n  quality: much\n",
        "- title: no link\n",
    ],
)
def test_an_entry_that_is_not_understood_stays(entry: str):
    """Whatever it links to: nobody but its writer knows what it is for."""
    after = rewritten(f"---\ntitle: x\nrelated:\n{entry}- webUrl: {B}\n---\n")
    assert entry in after
    assert B not in after.replace(entry, "")


@pytest.mark.parametrize(
    "written",
    [
        f"related: [{{webUrl: {A}}}, {{webUrl: {C}}}]\n",
        f"related: &all\n- webUrl: {A}\n- webUrl: {C}\n",
        f"# by hand\nrelated: [{{webUrl: {A}}}]\n",
    ],
)
def test_a_list_that_is_written_oddly_stays_whole(written: str):
    """Where an entry cannot be taken out without touching the others, or a comment stands who knows where."""
    assert f"---\ntitle: x\n{written}story: s\n---\n" == rewritten(f"---\ntitle: x\n{written}---\n")


def test_a_flow_list_of_repeats_goes():
    """However it is written: nothing of it is left."""
    assert "---\ntitle: x\nstory: s\n---\n" == rewritten(f"---\ntitle: x\nrelated: [{{webUrl: {A}}}]\n---\n")


def test_a_name_that_is_there_stays_as_it_is_written():
    """Two spellings that fold to one are one."""
    text = "---\ntitle: x\nstory: The S!\n---\n"
    assert text == rewritten(text, "the-s")


def test_a_file_that_cannot_be_changed_is_left():
    """It says why."""
    with pytest.raises(FrontMatterError):
        rewritten(f"---\ntitle: x\nrelated: &list\n- webUrl: {A}\nagain: *list\n---\n")


def write_story(folder: Path) -> None:
    """Write two items that list each other, and one that they do not know."""
    (folder / "news").mkdir()
    for name, own, other in (("a", A, B), ("b", B, A)):
        text = front_matter(webUrl=own, related=f"\n- webUrl: {other}\n- webUrl: {C}")
        (folder / "news" / f"{name}.md").write_text(text)
    (folder / "news" / "c.md").write_text(front_matter(webUrl=C))


def adopted(folder: Path, *, writes: bool = True) -> list[tuple[str, int, str]]:
    """Adopt what lies in *folder*; return story, number of files and problem."""
    items = read_archive(folder, timezone="UTC").items
    jobs = plan_stories(items, content=folder, timezone="UTC", writes=writes)
    return [(job.story, done.files, done.problem) for job in jobs for done in [rewrite_story(job)]]


def test_stories_are_the_same_afterwards(tmp_path: Path):
    """A link that is not mutual stays one."""
    write_story(tmp_path)
    before = build_catalogue(read_archive(tmp_path, timezone="UTC").items).stories
    texts = {path.name: path.read_text() for path in (tmp_path / "news").iterdir()}
    assert [("a", 2, "")] == adopted(tmp_path, writes=False)
    assert texts == {path.name: path.read_text() for path in (tmp_path / "news").iterdir()}
    assert [("a", 2, "")] == adopted(tmp_path)
    after = build_catalogue(read_archive(tmp_path, timezone="UTC").items).stories
    assert [story.id for story in before.paged] == [story.id for story in after.paged] == ["a"]
    assert [item.slug for item in after.by_id["a"].members] == ["a", "b"]
    assert texts["c.md"] == (tmp_path / "news" / "c.md").read_text()
    assert [("a", 0, "")] == adopted(tmp_path)


def test_a_story_is_rewritten_whole_or_not_at_all(tmp_path: Path):
    """Half of it would be two stories."""
    write_story(tmp_path)
    text = front_matter(webUrl=B, related=f"&list\n- webUrl: {A}", again="*list")
    (tmp_path / "news" / "b.md").write_text(text)
    before = (tmp_path / "news" / "a.md").read_text()
    ((story, files, problem),) = adopted(tmp_path)
    assert ("a", 0) == (story, files)
    assert problem.startswith("news/b.md: ")
    assert before == (tmp_path / "news" / "a.md").read_text()


@pytest.fixture(scope="module")
def archives(corpus: Path, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Archive, Path]:
    """Return a real archive before and after, and where the second one lies."""
    folder = tmp_path_factory.mktemp("adopted")
    shutil.copytree(corpus, folder, dirs_exist_ok=True)
    workers = Workers(worker_count(0))
    try:
        jobs = list(plan_stories(archive.items, content=folder, timezone="UTC", writes=True))
        done = list(workers.map(rewrite_story, jobs))
        assert [] == [one.problem for one in done if one.problem]
        return archive, read_archive(folder, timezone="UTC", workers=workers), folder
    finally:
        workers.close()


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("pages_for", [PagesFor.PUBLISHED, PagesFor.ALL])
def test_a_real_archive_has_the_same_stories(archives: tuple[Archive, Archive, Path], pages_for: PagesFor):
    """533 of them, with the same reports and leaders; coverage differs only where lists were not complete."""
    old, new = (build_catalogue(a.items, topics=a.topics, pages_for=pages_for) for a in archives[:2])
    reports = [{s.id: [i.slug for i in s.members] for s in c.stories.by_id.values()} for c in (old, new)]
    assert reports[0] == reports[1]
    assert 533 == len(reports[0])
    assert [s.id for s in old.stories.paged] == [s.id for s in new.stories.paged]
    for item in old.published:
        story = old.stories.of(item.slug)
        if story is None:
            continue
        seen, now = set(old.clusters[item.slug].slugs), set(new.clusters[item.slug].slugs)
        assert seen <= now
        assert len(now - {member.slug for member in story.members}) <= 1  # of two items with one link, the other one
        assert old.clusters[item.slug].lead == new.clusters[item.slug].lead
        if len(seen) == len(story.members) - 1:
            assert old.clusters[item.slug] == new.clusters[item.slug]


@pytest.mark.slow
@pytest.mark.corpus
def test_a_real_archive_shrinks_to_a_tenth(archives: tuple[Archive, Archive, Path], corpus: Path):
    """Nine tenths of it are lists that repeat a story; a second run has nothing to do."""
    sizes = [sum(path.stat().st_size for path in (c / "news").iterdir()) for c in (corpus, archives[2])]
    assert sizes[1] < sizes[0] / 10
    jobs = plan_stories(archives[1].items, content=archives[2], timezone="UTC", writes=True)
    assert 0 == sum(rewrite_story(job).files for job in jobs)


@pytest.mark.slow
@pytest.mark.corpus
def test_a_real_archive_has_the_same_pages(
    archives: tuple[Archive, Archive, Path], corpus: Path, tmp_path_factory: pytest.TempPathFactory
):
    """Every file is the same, but for the names that stories had before their oldest report: they need no name now."""
    outputs = []
    for content in (corpus, archives[2]):
        site = Site(tmp_path_factory.mktemp("site"))
        site.settings(PATH=str(content), DIGEST_CARDS="none", DIGEST_SEARCH=False, DIGEST_NEWSLETTER="none")
        result = site.build()
        assert 0 == result.returncode, result.stdout[-3000:]
        outputs.append(site.files())
    old, new = outputs
    former = build_catalogue(archives[0].items).stories.former
    assert {f"stories/{name}/index.html" for name in former} | {"_redirects"} == old.keys() - new.keys()
    assert set() == new.keys() - old.keys()
    # The list of files that a build has written, and where `formerly` stands.
    expected = {".news-digest", "api/stories/index.json"}
    assert expected == {path for path, data in new.items() if old[path] != data}
