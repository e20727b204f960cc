"""What the last build wrote is known again, and nothing of anybody else's is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.disk.files import FileState, digest_of
from pelican.plugins.news_digest.output.folder.listing import LISTING, listing_of
from pelican.plugins.news_digest.output.folder.stage import Stage
from pelican.plugins.news_digest.output.manifest import Entry, Manifest, Site, forget
from pelican.plugins.news_digest.output.perform import Performed
from pelican.plugins.news_digest.output.publish import Release


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return an output folder with two files that a build wrote, and one that it did not."""
    folder = tmp_path / "output"
    (folder / "news" / "a").mkdir(parents=True)
    for name in ("index.html", "news/a/index.html", "CNAME"):
        (folder / name).write_text(name)
    return folder


def open_manifest(output: Path) -> Manifest:
    """Return the manifest of *output*, from the cache beside it."""
    return Manifest(output.parent / "cache", output=output)


def written(output: Path, *names: str) -> Manifest:
    """Return the manifest of a build that wrote *names*."""
    entries = {n: Entry(b"key", FileState.of((output / n).stat(), digest_of((output / n).read_bytes()))) for n in names}
    open_manifest(output).save(Site(entries=entries), seen_ns=0)
    return open_manifest(output)


def test_untouched_file_is_intact(output: Path):
    """By its bytes, where its times cannot tell."""
    assert written(output, "index.html").intact("index.html") is not None


def test_old_untouched_file_is_intact_without_reading_it(output: Path, monkeypatch: pytest.MonkeyPatch):
    """Its size and times say so."""
    manifest = written(output, "index.html")
    monkeypatch.setattr(files, "RACY_NS", -(2**62))
    (output / "index.html").chmod(0)
    (output / "index.html").chmod(0o644)
    monkeypatch.setattr("pelican.plugins.news_digest.output.manifest.digest_of", lambda _: b"not asked")
    assert manifest.intact("index.html") is None  # chmod changed its time of change, so it would have been read
    assert written(output, "CNAME").intact("CNAME") is not None


@pytest.mark.parametrize("text", ["other.html", "longer than before", ""])
def test_changed_file_is_not_intact(output: Path, text: str):
    """Whether or not its size is the same."""
    manifest = written(output, "index.html")
    (output / "index.html").write_text(text)
    assert manifest.intact("index.html") is None


def test_missing_and_unknown_files_are_not_intact(output: Path):
    """There is nothing to leave alone."""
    manifest = written(output, "index.html")
    (output / "index.html").unlink()
    assert manifest.intact("index.html") is None
    assert manifest.intact("CNAME") is None


def test_what_is_over_is_known(output: Path):
    """And a file that no build wrote is not even looked at."""
    assert ("news/a/index.html",) == written(output, "index.html", "news/a/index.html").over({"index.html"})


def test_damaged_file_goes_as_well(output: Path):
    """Had it stayed part of the site it would have been overwritten."""
    manifest = written(output, "index.html")
    (output / "index.html").write_text("damaged")
    assert ("index.html",) == manifest.over(())


def test_file_that_stays_by_another_name_is_not_over(output: Path):
    """On a disk that knows no case, here two names of one file, removing the old name would remove the new one."""
    manifest = written(output, "index.html")
    assert ("index.html",) == manifest.over({"Index.html"})
    os.link(output / "index.html", output / "Index.html")
    assert () == manifest.over({"Index.html"})


def test_list_in_the_output_serves_where_the_cache_is_lost(output: Path):
    """What builds wrote can be told from the owner's files by digests of its names, which give no name away."""
    listing = listing_of(["index.html", "news/a/index.html"])
    assert b"news" not in listing.partition(b"\n")[2]
    (output / LISTING).write_bytes(listing)
    assert ("news/a/index.html",) == open_manifest(output).over({"index.html"})
    assert () == written(output, "index.html").over({"index.html"})


@pytest.mark.parametrize("name", ["../index.html", "/etc/passwd", "a/../../b", ""])
def test_journal_names_nothing_outside(name: str, output: Path):
    """Whoever wrote it: a file elsewhere is never removed."""
    open_manifest(output).announce(["x"])
    (journal,) = (output.parent / "cache").glob("*.journal")
    journal.write_bytes(name.encode() + b"\0")
    assert () == open_manifest(output).over(())


def test_files_of_a_killed_build_are_known(output: Path):
    """They were announced before they were written, so the next build can remove them."""
    written(output, "index.html").announce(["index.html", "new/index.html", "CNAME"])
    (output / "new").mkdir()
    (output / "new" / "index.html").write_text("written before the end came")
    assert ("new/index.html",) == open_manifest(output).over({"index.html"})


@pytest.mark.parametrize("data", [b"", b"\x93", b"nonsense", b"\x94\x63\x00\x80\x90"])
def test_corrupt_manifest_is_ignored(output: Path, data: bytes):
    """Everything is stale then, and nothing is removed."""
    written(output, "index.html")
    for path in (output.parent / "cache").iterdir():
        path.write_bytes(data)
    assert open_manifest(output).entries == {}
    assert () == open_manifest(output).over(())


def test_each_output_has_its_own(output: Path):
    """The preview and the public site share a cache folder and nothing else."""
    written(output, "index.html")
    assert Manifest(output.parent / "cache", output=output.parent / "public").entries == {}


def test_forgotten_files_are_stale_and_can_still_be_removed(output: Path):
    """A fresh build renders everything, and knows what is over."""
    written(output, "index.html")
    forget(output.parent / "cache")
    manifest = open_manifest(output)
    assert manifest.entries["index.html"].key == b""
    assert ("index.html",) == manifest.over(())


def test_site_is_current_while_its_files_are(output: Path):
    """Made from the same, and every file what was written, those of the search index too."""
    entries = written(output, "index.html").entries
    others = {"CNAME": FileState.of((output / "CNAME").stat(), digest_of(b"CNAME"))}
    open_manifest(output).save(Site(entries=entries, others=others, stamp=b"stamp"), seen_ns=0)
    assert not open_manifest(output).is_current(b"other")
    assert open_manifest(output).is_current(b"stamp")
    (output / "CNAME").write_text("change")
    assert not open_manifest(output).is_current(b"stamp")


def test_name_that_was_cut_off_was_not_announced(output: Path):
    """A build that dies while it says what is to come had not written that file."""
    manifest = open_manifest(output)
    manifest.announce(["news/b/index.html", "news/c/index.html"])
    (journal,) = (output.parent / "cache").glob("*.journal")
    journal.write_bytes(journal.read_bytes()[:-4])
    for name in ("b", "c"):
        (output / "news" / name).mkdir()
        (output / "news" / name / "index.html").write_text(name)
    assert ("news/b/index.html",) == open_manifest(output).over(())


def test_journal_ends_with_the_build(output: Path):
    """Then the list of written files says the same."""
    manifest = written(output, "index.html")
    manifest.announce(["new/index.html"])
    assert 1 == len(list((output.parent / "cache").glob("*.journal")))
    manifest.save(manifest.written, seen_ns=0)
    assert [] == list((output.parent / "cache").glob("*.journal"))


def test_what_was_told_by_its_bytes_is_told_by_its_times_from_then_on(output: Path):
    """A site that was a moment old when it was first looked at is read once, and not in each build."""
    young = (output / "index.html").stat().st_ctime_ns
    entries = {"index.html": Entry(b"key", FileState.of((output / "index.html").stat(), digest_of(b"index.html")))}
    open_manifest(output).save(Site(entries=entries, stamp=b"stamp"), seen_ns=young)
    reads = []
    for later_s in (10, 20):
        manifest = open_manifest(output)
        stage = Stage(output, cache=None, is_first=False, lock=None)
        release = Release(output, stage=stage, manifest=manifest, seen_ns=young + later_s * 10**9)
        assert release.is_current(b"stamp")
        release.confirm()
        reads.append(manifest.has_read)
    assert [True, False] == reads


def test_list_of_names_is_made_anew_only_for_other_names(output: Path):
    """Or where somebody has changed it: it says nothing but names."""

    def publish(*names: str) -> tuple[bytes, int]:
        manifest = open_manifest(output)
        with Stage(output, cache=output.parent / "cache", is_first=False) as stage:
            release = Release(output, stage=stage, manifest=manifest, seen_ns=0)
            entries = {n: Entry(b"", FileState.of((output / n).stat(), b"")) for n in names}
            release.publish(Performed(entries=entries), stamp=b"")
        return (output / LISTING).read_bytes(), (output / LISTING).stat().st_ino

    one = publish("index.html")
    assert (listing_of(["index.html"]), one) == (one[0], publish("index.html"))
    two = publish("index.html", "news/a/index.html")
    assert listing_of(["index.html", "news/a/index.html"]) == two[0]
    (output / LISTING).write_bytes(b"cut")
    assert two[0] == publish("index.html", "news/a/index.html")[0]
