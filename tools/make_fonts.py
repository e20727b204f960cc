"""Make the fonts of the share cards from their sources: the letters that are needed, one weight, no hinting.

Run as ``python tools/make_fonts.py`` where the sources are installed (``pip install --group fonts``). What it makes
lies in the repository, so neither a build nor an installation needs the sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib.instancer import instantiateVariableFont

ROOT: Final = Path(__file__).resolve().parents[1]
FONTS: Final = ROOT / "plugins" / "pelican" / "plugins" / "news_digest" / "images" / "cards" / "fonts"
PAIR_ADJUSTMENT, EXTENSION = 2, 9  # kinds of lookups
MOST_PAIRS: Final = 10_900  # what a kerning table of the old kind can hold
KEPT_NAMES: Final = (0, 1, 2, 13, 14)  # copyright, family, style, licence and its address


def letters(ranges: str) -> frozenset[int]:
    """Return the code points of *ranges*, written as ``20-7e a0``."""
    found: set[int] = set()
    for text in ranges.split():
        first, _, last = text.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


PUNCTUATION: Final = letters("20-7e a0-ff 2010-2027 2030-203a 20a0-20c0")
# Every language of Europe, Vietnamese, and the signs that newspapers set among words.
EUROPEAN: Final = PUNCTUATION | letters(
    "100-17f 192 1cd-1ce 1fa-21b 1e00-1eff 2c6-2dd 300-30c 323 37e-3ff 400-45f 462-463 472-475 490-4ff "
    "2044 2070-208e 2113 2116-2117 2120-2122 2126 2190-2193 2202 2206 220f-221e 222b 2248 2260-2265 25a0-25cf"
)
ARABIC: Final = PUNCTUATION | letters("600-6ff 750-77f 8a0-8b4 200c-200f fd3e-fd3f")
HEBREW: Final = PUNCTUATION | letters("591-5f4 200c-200f fb1d-fb4f")
# The letters between which spacing is worth a line in the kerning table.
KERNED: Final = letters(
    "21-7e c0-d6 d8-f6 f8-ff 10c-10d 11a-11b 152-153 158-159 160-161 178 17d-17e 391-3c9 410-44f "
    "2013-2014 2018-201e 2026"
)


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One font to make.

    Attributes:
        package: Where its source is installed.
        axes: Which member of the family.
        features: What shaping needs; ``()`` for letters that stand side by side, which are kerned by a table that every
            FreeType reads.
    """

    name: str
    family: str
    package: str
    source: str
    axes: dict[str, float]
    characters: frozenset[int]
    features: tuple[str, ...] = field(default=())


CUTS: Final = (
    Cut(
        name="serif",
        family="Digest Serif",
        package="fontpkg_source_serif_4",
        source="files/SourceSerif4[opsz,wght].ttf",
        axes={"wght": 700, "opsz": 36},
        characters=EUROPEAN,
    ),
    Cut(
        name="sans",
        family="Digest Sans",
        package="fontpkg_source_sans_3",
        source="files/SourceSans3[wght].ttf",
        axes={"wght": 600},
        characters=EUROPEAN,
    ),
    Cut(
        name="arabic",
        family="Digest Arabic",
        package="pylopdf_fonts_ar",
        source="NotoNaskhArabic-Variable.ttf",
        axes={"wght": 700},
        characters=ARABIC,
        features=("ccmp", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "curs", "kern"),
    ),
    Cut(
        name="hebrew",
        family="Digest Hebrew",
        package="pylopdf_fonts_he",
        source="NotoSerifHebrew-Variable.ttf",
        axes={"wght": 700, "wdth": 100},
        characters=HEBREW,
        features=("ccmp", "mark", "mkmk", "kern"),
    ),
)


def kerning(font: TTFont, characters: frozenset[int]) -> dict[tuple[str, str], int]:
    """Return how much closer each pair of glyphs stands, as the font's ``kern`` feature has it."""
    cmap = font.getBestCmap()
    names = sorted({cmap[character] for character in characters if character in cmap})
    table = font["GPOS"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    found: dict[tuple[str, str], int] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            inner = subtable.ExtSubTable if subtable.LookupType == EXTENSION else subtable
            if inner.LookupType == PAIR_ADJUSTMENT:
                # The first subtable that knows a pair decides.
                found = {**_pairs(inner, names), **found}
    return {pair: value for pair, value in found.items() if value}


def _pairs(subtable: Any, names: list[str]) -> dict[tuple[str, str], int]:  # noqa: ANN401 - made by fontTools as it reads
    found = {}
    wanted = set(names)
    for at, left in enumerate(subtable.Coverage.glyphs):
        if left not in wanted:
            continue
        if subtable.Format == 1:
            for record in subtable.PairSet[at].PairValueRecord:
                if record.SecondGlyph in wanted:
                    found[left, record.SecondGlyph] = getattr(record.Value1, "XAdvance", 0)
        else:
            records = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
            for right in names:
                value = records[subtable.ClassDef2.classDefs.get(right, 0)].Value1
                found[left, right] = getattr(value, "XAdvance", 0)
    return found


def make(cut: Cut) -> Path:
    """Make one font and return its path."""
    spec = find_spec(cut.package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{cut.package} is not installed: pip install --group fonts")
    font = instantiateVariableFont(TTFont(Path(spec.origin).parent / cut.source), cut.axes)
    pairs = {} if cut.features else kerning(font, cut.characters & KERNED)
    options = Options(
        hinting=False,
        layout_features=list(cut.features),
        name_IDs=list(KEPT_NAMES),
        notdef_outline=True,
        glyph_names=False,
    )
    options.drop_tables += ["STAT", "DSIG", "gasp", "MVAR", "HVAR", "avar"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cut.characters)
    subsetter.subset(font)
    _add_kerning(font, pairs)
    _stop_hinting(font)
    for record in font["name"].names:
        if record.nameID == 1:  # its own name is reserved for the original
            record.string = cut.family
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    path = FONTS / f"{cut.name}.ttf"
    font.save(path)
    return path


def _add_kerning(font: TTFont, pairs: dict[tuple[str, str], int]) -> None:
    """Give *font* the strongest of *pairs*, as many as fit."""
    known = set(font.getGlyphOrder())
    kept = sorted((pair for pair in pairs if known.issuperset(pair)), key=lambda pair: (-abs(pairs[pair]), pair))
    if not kept:
        return
    inner = KernTable_format_0()
    inner.coverage, inner.apple, inner.tupleIndex = 1, False, None
    inner.kernTable = {pair: pairs[pair] for pair in kept[:MOST_PAIRS]}
    table = newTable("kern")
    table.version, table.kernTables = 0, [inner]
    font["kern"] = table


def _stop_hinting(font: TTFont) -> None:
    """Give *font* a program that does nothing: to one without any, FreeType would apply hints of its own."""
    table = newTable("prep")
    table.program = Program()
    table.program.fromAssembly(["PUSHW[]", "511", "SCANCTRL[]", "PUSHB[]", "4", "SCANTYPE[]", "PUSHB[]", "0", "POP[]"])
    font["prep"] = table


def main() -> None:
    """Make every font."""
    FONTS.mkdir(exist_ok=True)
    for cut in CUTS:
        path = make(cut)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
