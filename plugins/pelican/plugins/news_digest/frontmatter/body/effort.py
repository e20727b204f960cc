"""How long a body would take, told from its text before anything parses it.

Markdown's parser looks from many marks to the end of their paragraph, some to the end of the text, and begins anew
after each: ten thousand brackets take minutes. Nothing can stop it half-way, and a clock would make a site depend on
the machine that builds it. So the work is counted: each sort of mark has a price for itself and one for each character
that its handlers look at. Prices are microseconds, measured on the slowest inputs of each sort that were found; real
bodies are far below the limit. tests/frontmatter/test_effort.py holds parser and prices together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

# 200 kB of a programming manual, of all texts that were tried the richest in marks, come near to it.
MAX_EFFORT_S: Final = 1.5
# What cannot take long, whatever stands in it.
SHORT_CHARS: Final = 600

# Microseconds for itself ...
_CHAR, _BLOCK, _LINE, _MARK = 0.5, 60.0, 80.0, 35.0
# ... and for each character that it is looked at for.
_IN_BRACKET, _IN_TARGET, _IN_LINES, _IN_MARKS, _IN_CODE = 0.4, 0.2, 0.07, 0.006, 0.02
_IN_OPEN_TAG, _IN_TAGS, _IN_FENCES, _IN_ABBREVIATIONS, _IN_LEVELS = 0.08, 0.002, 0.02, 0.02, 0.1
_PAIR_OF_BLOCKS, _PAIR_OF_LINES = 0.01, 0.01
_PAIR_OF_NOTES, _PAIR_OF_DIFFERENT_NOTES, _PAIR_OF_HEADINGS, _PAIR_IN_RUN, _COPY_OF_TAG = 1.5, 0.03, 0.5, 0.004, 1.0

_BETWEEN_BLOCKS: Final = re.compile(r"\n[ \t]*\n")
_BRACKET: Final = re.compile(r"[\[\]]")
_TARGET: Final = re.compile(r"\]\(")
# A target that is read once: without brackets and quotes, or with one whole title.
_PLAIN_TARGET: Final = re.compile(r"\]\([^()'\"\[\]\n]{0,2000}(?:\s(?:\"[^\"()\[\]\n]*\"|'[^'()\[\]\n]*'))?\)")
_ANY_MARK: Final = re.compile(r"[*_`<>\"'&\\!|{~]|--|\.\.\.|  \n")
_CODE_MARK: Final = re.compile(r"[`{]")
# Lines that part the block they stand in: headings, what underlines one, rules, definitions, references.
_PARTING_LINE: Final = re.compile(r"^ *+(?:#|[-=*_|:> \t]++$|:[ ]|\*?\[[^\]\n]*\]:)", re.MULTILINE)
_LINE_START: Final = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]|^[^|\n]*\|", re.MULTILINE)
_LEVELS: Final = re.compile(r"^(?: {4}|\t| {1,3}\t)[ \t]*", re.MULTILINE)
_TAG: Final = re.compile(r"<(?=[a-zA-Z/!?])(/?)([a-zA-Z0-9]*)([^<>]*>)?")
_FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_FENCE: Final = re.compile(r"^(`{3,}|~{3,})(.*)$", re.MULTILINE)
_ABBREVIATION: Final = re.compile(r"^\*\[", re.MULTILINE)
_NOTE: Final = re.compile(r"\[\^([^\]\n]*)")
_HEADING: Final = re.compile(r"^ *#+(.*)$|^(.*)\n[=-]+[ ]*$", re.MULTILINE)
_RUN: Final = re.compile(r"([^\w\n])\1{49,}")


def is_too_costly(text: str) -> bool:
    """Whether *text* might take longer than :data:`MAX_EFFORT_S` to become HTML, on a machine of 2020.

    Looks at each character a few times: far less than Markdown does.
    """
    if len(text) <= SHORT_CHARS:
        return False
    spent, limit = 0.0, MAX_EFFORT_S * 1e6
    for price in _prices(text):
        spent += price
        if spent > limit:
            return True
    return False


def _prices(text: str) -> Iterator[float]:
    # As Markdown does before it looks at anything: a tab is up to four characters, and they are what takes long.
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    yield len(text) * _CHAR
    yield from _of_whole(text)
    if "<" in text:
        yield from _of_tags(text)
    start = blocks = 0
    for end in (*(gap.start() for gap in _BETWEEN_BLOCKS.finditer(text)), len(text)):
        yield from _of_block(text[start:end])
        start, blocks = end, blocks + 1
    yield blocks**2 * _PAIR_OF_BLOCKS


def _of_block(block: str) -> Iterator[float]:
    length = len(block)
    marks = sum(1 for _ in _ANY_MARK.finditer(block))
    code = sum(1 for _ in _CODE_MARK.finditer(block)) if marks else 0
    yield _BLOCK + marks * (_MARK + length * _IN_MARKS) + code * length * _IN_CODE
    parting = sum(1 for _ in _PARTING_LINE.finditer(block))
    lines = sum(1 for _ in _LINE_START.finditer(block))
    yield parting * (_LINE + length * _IN_LINES) + lines * _LINE + lines**2 * _PAIR_OF_LINES
    if "[" in block:
        yield from _of_links(block)


def _of_links(block: str) -> Iterator[float]:
    """Yield the price of brackets: each is looked at up to its partner, without one up to the block's end."""
    opened: list[int] = []
    looked_at = 0
    for bracket in _BRACKET.finditer(block):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            looked_at += bracket.start() - opened.pop()
    looked_at += sum(len(block) - start for start in opened)
    yield looked_at * _IN_BRACKET
    plain = {target.start() for target in _PLAIN_TARGET.finditer(block)}
    looked_at = 0
    for target in _TARGET.finditer(block):
        yield _MARK
        looked_at += 0 if target.start() in plain else len(block) - target.start()
    yield looked_at * _IN_TARGET


def _of_tags(text: str) -> Iterator[float]:
    """Yield the price of tags: one without an end is looked for to the text's end, an open one copied by browsers."""
    tags, opened, depth, looked_at, copies = 0, Counter[str](), 0, 0, 0
    for tag in _TAG.finditer(text):
        tags += 1
        if not tag[3]:
            looked_at += len(text) - tag.start()
        name = tag[2].lower()
        if name in _FORMATTING:
            step = -1 if tag[1] and opened[name] else int(not tag[1])
            opened[name] += step
            depth += step
        copies += depth
    yield tags * len(text) * _IN_TAGS + looked_at * _IN_OPEN_TAG + copies * _COPY_OF_TAG


def _of_whole(text: str) -> Iterator[float]:
    """Yield the price of what reaches beyond its block."""
    length = len(text)
    yield _looked_at_for_fences(text) * _IN_FENCES
    yield sum(1 for _ in _ABBREVIATION.finditer(text)) * length * _IN_ABBREVIATIONS
    notes = Counter(_NOTE.findall(text))
    yield sum(n * n for n in notes.values()) * _PAIR_OF_NOTES + notes.total() ** 2 * _PAIR_OF_DIFFERENT_NOTES
    if "[TOC]" in text or "#" in text:
        yield sum(n * n for n in Counter(_HEADING.findall(text)).values()) * _PAIR_OF_HEADINGS
    yield sum(len(run[0]) ** 2 for run in _RUN.finditer(text)) * _PAIR_IN_RUN
    for indent in _LEVELS.finditer(text):
        end = text.find("\n", indent.end())
        yield len(indent[0].expandtabs(4)) // 4 * ((length if end < 0 else end) - indent.start()) * _IN_LEVELS


def _looked_at_for_fences(text: str) -> int:
    """Return how many characters are looked at for what closes each block of fenced code."""
    fences = [(fence.start(), fence[1], not fence[2].strip()) for fence in _FENCE.finditer(text)]
    closing: dict[str, int] = {}
    ends = [len(text)] * len(fences)
    for at in range(len(fences) - 1, -1, -1):
        start, fence, is_bare = fences[at]
        ends[at] = closing.get(fence, len(text))
        if is_bare:
            closing[fence] = start
    looked_at, inside = 0, -1
    for (start, _, _), end in zip(fences, ends, strict=True):
        if start > inside:
            looked_at += end - start
            inside = end if end < len(text) else inside
    return looked_at
