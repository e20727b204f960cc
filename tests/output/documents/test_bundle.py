"""The theme's style sheets as one file."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from pelican.plugins.news_digest.host.inputs import SCRIPTS
from pelican.plugins.news_digest.output.documents.bundle import bundle_css, bundle_scripts, pack_script
from tests.conftest import ROOT


def bundle(folder: Path, entry: str, **files: str) -> str:
    """Return the bundle of *entry*, which may import *files*."""
    for name, text in files.items():
        (folder / f"{name}.css").write_text(text, encoding="utf-8")
    (folder / "entry.css").write_text(entry, encoding="utf-8")
    return bundle_css(folder / "entry.css")


def test_import_is_replaced_by_the_file_in_its_layer(tmp_path: Path):
    """What is imported into a layer stays in that layer."""
    assert "@layer base{a { color: red }}\n" == bundle(
        tmp_path, '@import url("a.css") layer(base);\n', a="a { color: red }\n"
    )


def test_import_without_a_layer_is_replaced_as_it_is(tmp_path: Path):
    """No layer is invented."""
    assert "a { color: red }\n" == bundle(tmp_path, '@import url("a.css");\n', a="a { color: red }\n")


def test_order_of_imports_is_kept(tmp_path: Path):
    """The cascade depends on order."""
    css = bundle(
        tmp_path, '@layer x, y;\n@import url("b.css") layer(y);\n@import url("a.css") layer(x);\n', a="a{}\n", b="b{}\n"
    )
    assert css.index("@layer x,y") < css.index("b{}") < css.index("a{}")


def test_comments_and_indentation_are_left_out(tmp_path: Path):
    """Comments are for people who read the source, and imports inside them are none."""
    css = bundle(
        tmp_path, '/* one\n@import url("gone.css"); */\n@import url("a.css");\n', a="a {\n  /* two */\n  b: c;\n}\n"
    )
    assert "a{b:c}\n" == css


def test_spaces_that_mean_nothing_are_left_out(tmp_path: Path):
    """Those in texts, in sums and between names mean something."""
    css = (
        '@media (min-width: 1px) and (x: y) {\n  a > b, c {\n    d: e(f, g) h;\n    i: "j, k: l", m;\n'
        "    n: calc(1px + 2px);\n  }\n}\n"
    )
    assert '@media (min-width:1px) and (x:y){a > b,c{d:e(f,g) h;i:"j, k: l", m;n:calc(1px + 2px)}}\n' == bundle(
        tmp_path, '@import url("a.css");\n', a=css
    )


def test_last_line_of_a_file_without_a_newline_is_whole(tmp_path: Path):
    """Two files never share a line."""
    css = bundle(tmp_path, '@import url("a.css");\n@import url("b.css");\n', a="a{}", b="b{}")
    assert css.replace("\n", "") == "a{}b{}"
    assert "a{}\nb{}" in css or "a{}b{}" in css


def test_bundle_of_the_theme_imports_nothing_and_closes_what_it_opens():
    """Browsers ask for one file, and every brace of it is closed."""
    css = bundle_css(ROOT / "theme" / "static" / "css" / "digest.css")
    text = re.sub(r'"[^"]*"', "", css)
    assert "@import" not in css
    assert "/*" not in css
    assert text.count("{") == text.count("}") > 0


def test_bundle_of_the_theme_asks_no_other_host():
    """No font, no picture, no sheet from elsewhere."""
    css = bundle_css(ROOT / "theme" / "static" / "css" / "digest.css")
    assert [] == re.findall(r"url\([\"']?(?:https?:)?//[^)]*\)", css)


def test_a_script_is_packed_line_by_line():
    """Comments and indentation go; each statement stays on its line, for whoever ends one by ending the line."""
    text = "// why\nlet a = 1\n\n  // inside\n  a += 1 // ours\nif (a) {\n    go('//host')\n}\n"
    assert "let a = 1\na += 1 // ours\nif (a) {\ngo('//host')\n}\n" == pack_script(text)


def test_a_script_with_a_text_over_lines_is_left_alone():
    """There a line may be part of the text."""
    text = "let a = `\n  // words\n`;\n"
    assert text == pack_script(text)


def test_scripts_become_one_in_their_order(tmp_path: Path):
    """A theme that leaves one out is served the others; a statement that is not ended takes up nothing of the next."""
    (tmp_path / "a.js").write_text("// a\n  (() => 1)();", encoding="utf-8")
    (tmp_path / "b.js").write_text("b()\n", encoding="utf-8")
    assert "b()\n\n;(() => 1)();\n" == bundle_scripts(tmp_path, ["b.js", "none.js", "a.js"])


def test_the_readers_tools_are_light():
    """All that one site can serve, compressed: what single pages, the head and offline copies run is included."""
    static = ROOT / "theme" / "static"
    names = {path.relative_to(static).as_posix() for path in static.glob("js/*.js")}
    names -= {*SCRIPTS, "js/sw-off.js"}  # served only in the place of sw.js
    served = [bundle_scripts(static, each) for each in (SCRIPTS, *([name] for name in sorted(names)))]
    sizes = [len(gzip.compress(each.encode(), 9, mtime=0)) for each in served]
    assert sum(sizes) <= 15_500
    assert sizes[0] <= 8_500  # what every page runs
