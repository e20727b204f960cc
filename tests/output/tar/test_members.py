"""Headers of a tar: as Python's own module writes them, in less time."""

from __future__ import annotations

import io
import tarfile

import pytest

from pelican.plugins.news_digest.output.tar.members import END, header, members, padding

NAMES = [
    "index.html",
    "news/a/index.html",
    "assets/über uns.txt",
    "أخبار.html",
    "\udcff.txt",  # bytes that are no UTF-8
    "x" * 97,
    "x" * 98,
    "x" * 99,
    "é" * 49,
    f"{'folder/' * 40}index.html",
    "x" * 509,  # whose long name fills a block, with the zero at its end
    "x" * 510,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_header_is_the_one_of_pythons_tarfile(name: str):
    """Whatever the name and the size; folders too."""
    info = tarfile.TarInfo(f"./{name}")
    for size in (0, 1, 511, 512, 513, 8**11 - 1, 8**11):
        info.size = size
        assert info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape") == header(name, size)
    info.size, info.type, info.mode = 0, tarfile.DIRTYPE, 0o755
    assert info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape") == header(f"{name}/", 0)


def test_members_lie_where_it_is_said():
    """Folders come once, before what is in them, though ``a-b`` sorts between ``a`` and what is in it."""
    sizes = {name: 300 * number for number, name in enumerate([*NAMES, "a/1", "a-b/2", "a/c/3", "a.html", "a/d"])}
    tar = b""
    for member in members(sizes):
        assert len(tar) == member.start
        tar += header(member.name, member.size) + bytes(member.size) + padding(member.size)
        assert len(tar) == member.end
    with tarfile.open(fileobj=io.BytesIO(tar + END), encoding="utf-8", errors="surrogateescape") as archive:
        found = archive.getmembers()
    assert sizes == {member.name[2:]: member.size for member in found if member.isfile()}
    folders = [member.name[2:] for member in found if member.isdir()]
    assert len(folders) == len(set(folders))
    for number, member in enumerate(found):
        parents = {member.name.rsplit("/", depth)[0] for depth in range(1, member.name.count("/"))}
        assert parents <= {earlier.name for earlier in found[:number]}
