"""What can go wrong, as values: diagnostics for content, exceptions for settings and our own limits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec


class Severity(StrEnum):
    """How much a diagnostic matters.

    An ERROR leaves the file out. A WARNING leaves one value out or mends it. A NOTE changes nothing: it is counted
    by a build and listed by ``news-digest check``.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


CODES: Final = {
    "ND101": (Severity.ERROR, "the file has no readable front matter"),
    "ND102": (Severity.ERROR, "the file is not UTF-8, or cannot be read"),
    "ND103": (Severity.ERROR, "the front matter is not valid YAML"),
    "ND104": (Severity.ERROR, "publishedDateTime is missing, or is not a date"),
    "ND105": (Severity.ERROR, "title is missing or empty"),
    "ND106": (Severity.ERROR, "a key appears twice"),
    "ND107": (Severity.WARNING, "a value has the wrong type and is ignored"),
    "ND108": (Severity.WARNING, "a URL cannot be linked to and is ignored"),
    "ND109": (Severity.WARNING, "updatedDateTime is not a date and is ignored"),
    "ND110": (Severity.WARNING, "locale is not a language tag and is ignored"),
    "ND111": (Severity.WARNING, "featuredContent embeds a host that is not allowed"),
    "ND112": (Severity.WARNING, "two files want the same address; the later one got a suffix"),
    "ND113": (Severity.WARNING, "the file's name cannot be used as an address unchanged"),
    "ND114": (Severity.WARNING, "the body is nested too deeply; it was left out, or its lists were flattened"),
    "ND115": (Severity.WARNING, "a symbolic link to a folder, or out of the content folder, is not followed"),
    "ND116": (Severity.WARNING, "a pipe, socket or device among the files is not read"),
    "ND117": (Severity.ERROR, "the file is larger than DIGEST_MAX_FILE_BYTES"),
    "ND118": (
        Severity.WARNING,
        "a list is longer than DIGEST_MAX_RELATED or DIGEST_MAX_TOPICS; the rest is left out",
    ),
    "ND119": (Severity.ERROR, "a key that decides whether the item is shown is not understood; the item is not shown"),
    "ND120": (Severity.NOTE, "an unknown type is treated as article"),
    "ND121": (Severity.NOTE, "an unknown key has no effect; it is kept for your own templates"),
    "ND122": (Severity.NOTE, "text has encoding errors (mojibake)"),
    "ND123": (Severity.NOTE, "Pelican's own key has no effect on an item"),
    "ND124": (Severity.WARNING, "an unknown key that its author may rely on"),
    "ND125": (Severity.WARNING, "the item has neither a link nor a body"),
    "ND126": (Severity.WARNING, "a link within the body has no target; its text is shown without the link"),
    "ND127": (Severity.WARNING, "a text, a name or a list of pictures is too long; the rest is left out"),
    "ND129": (Severity.WARNING, "a correction lacks a date or a text; it is not shown"),
    "ND131": (Severity.WARNING, "a date is more than a day ahead of the clock"),
    "ND132": (Severity.NOTE, "an item is a draft until its date"),
    "ND128": (Severity.WARNING, "the body has so much markup that it would take too long to parse; it is left out"),
    "ND133": (Severity.WARNING, "a text or template of the site's own asks for what its policy blocks"),
    "ND134": (Severity.WARNING, "a story's name is not understood and is ignored"),
    "ND151": (Severity.ERROR, "a text asks for a template that cannot show it; the ordinary one is used"),
    "ND152": (Severity.WARNING, "a body asks for a file that it may not include, or for more than a file"),
    "ND141": (Severity.WARNING, "a line of addresses.yaml is not understood"),
    "ND142": (Severity.WARNING, "an address that several files want is not recorded in addresses.yaml yet"),
    "ND143": (Severity.WARNING, "an item keeps the usual address: DIGEST_ITEM_URL gives it that of another page"),
    "ND201": (Severity.WARNING, "a topic record cannot be used"),
    "ND202": (Severity.NOTE, "a topic is spelled differently from its record"),
    "ND203": (Severity.WARNING, "a topic's parent is unknown, or the topic is its own ancestor"),
    "ND204": (Severity.NOTE, "a topic's name cannot be used as a folder name unchanged"),
    "ND205": (Severity.NOTE, "two topics want the same address; the later one got a number"),
    "ND211": (Severity.WARNING, "a provider record cannot be used"),
    "ND212": (Severity.WARNING, "two provider records claim one domain or one name"),
    "ND221": (Severity.WARNING, "a story record cannot be used, or not all of it"),
    "ND222": (Severity.WARNING, "two story records have one name"),
    "ND223": (Severity.WARNING, "a record's formerly names a story that has reports, or one that another record names"),
    "ND224": (Severity.NOTE, "two sources of names come to one name of a story"),
    "ND301": (Severity.WARNING, "a picture could not be fetched; its item is shown without it"),
    "ND302": (Severity.WARNING, "a picture cannot be used; its item is shown without it"),
    "ND303": (Severity.WARNING, "one of the site's own pictures is missing; its item is shown without it"),
    "ND401": (Severity.NOTE, "two items link to the same URL"),
    "ND402": (Severity.NOTE, "two items have the same title"),
    "ND403": (Severity.NOTE, "a related entry links to the item's own URL"),
    "ND404": (Severity.NOTE, "a related entry appears twice in one list"),
    "ND405": (Severity.NOTE, "a related entry has a different title from its target"),
    "ND406": (Severity.NOTE, "one provider name is used for several domains"),
    "ND407": (Severity.NOTE, "one provider domain has several names"),
    "ND408": (Severity.NOTE, "a picture is a logo or a share card"),
    "ND421": (Severity.NOTE, "a topic record contains something that has no use"),
    "ND422": (Severity.NOTE, "a topic record describes a topic that no item has"),
    "ND423": (Severity.NOTE, "a provider has two records"),
    "ND424": (Severity.NOTE, "a provider record names a picture that is missing"),
    "ND431": (Severity.NOTE, "a story has one report"),
    "ND432": (Severity.NOTE, "two spellings of a story's name are one story"),
    "ND433": (Severity.NOTE, "a story record describes a story that no item reports"),
    "ND434": (Severity.NOTE, "a story is called after its oldest report, so that an older one would rename it"),
    "ND435": (Severity.NOTE, "of items that list each other only some name a story"),
    "ND436": (Severity.NOTE, "a story got another name, because an older report came"),
    "ND501": (Severity.ERROR, "a link in the built site is broken"),
    "ND502": (Severity.ERROR, "the built site is larger than its host allows"),
    "ND503": (Severity.WARNING, "the built site is close to its host's size limit"),
    "ND504": (Severity.ERROR, "the newest item is older than DIGEST_MAX_AGE_DAYS allows"),
    "ND505": (Severity.WARNING, "a symbolic link in the built site is not published"),
    "ND506": (Severity.ERROR, "a file in the built site is not what its name says"),
    "ND507": (Severity.WARNING, "an item in the built site is dated more than a day ahead of the clock"),
    "ND508": (Severity.ERROR, "a file of the site is only a Git LFS pointer"),
    "ND509": (Severity.ERROR, "a file name in the built site is one that disks or hosts reject"),
    "ND510": (Severity.ERROR, "SITEURL is a placeholder, this machine, or not a URL"),
    "ND511": (Severity.WARNING, "SITEURL is empty"),
    "ND512": (Severity.ERROR, "a colour in DIGEST_STYLE makes text unreadable, or cannot be checked"),
    "ND513": (Severity.WARNING, "a custom property in DIGEST_STYLE looks like a misspelt one of the theme's"),
    "ND515": (Severity.WARNING, "a published email has no unsubscribe link yet"),
    "ND601": (Severity.NOTE, "a text contains line breaks or tabs; they become spaces"),
    "ND602": (Severity.NOTE, "a text has leading, trailing or repeated spaces; they are removed"),
    "ND603": (
        Severity.NOTE,
        "a text contains no-break spaces (they become spaces) or invisible marks (they are removed)",
    ),
    "ND604": (Severity.NOTE, "a text contains HTML entities; they are decoded once"),
    "ND605": (Severity.NOTE, "a text contains angle brackets; known tags in an excerpt are removed, the rest is text"),
    "ND606": (Severity.NOTE, "an excerpt is empty"),
    "ND607": (Severity.NOTE, "an excerpt repeats the title, or begins with it"),
    "ND608": (Severity.NOTE, "an excerpt is cut off"),
    "ND609": (Severity.NOTE, "a provider's name is percent-encoded; it is decoded once"),
    "ND610": (Severity.NOTE, "a provider's name is its domain"),
    "ND611": (Severity.NOTE, "a URL contains characters that should be encoded; they are"),
    "ND612": (Severity.NOTE, "a picture has an http URL; https is tried"),
    "ND613": (Severity.NOTE, "a picture's URL does not end like that of a still picture"),
    "ND614": (Severity.NOTE, "the day in the file's name is not the item's, in the site's time zone"),
    "ND615": (Severity.NOTE, "heat is not quality + 20 for each related entry"),
    "ND616": (Severity.NOTE, "published and heat contradict each other, as the archives use them"),
    "ND620": (Severity.WARNING, "a text is cut off by a comment: in YAML, a # after a space starts one"),
    "ND621": (Severity.NOTE, "a comment follows an unquoted text"),
    "ND701": (Severity.ERROR, "an entry of sources.yaml is not understood; that source is not asked"),
}


MAX_MESSAGE_CHARS: Final = 400
# Where the documentation is for everybody: it comes with the package, in one place with the commands.
READ_MORE: Final = "`news-digest docs {}`"
UNREADABLE_COLOUR: Final = "ND512"


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One problem in content.

    Attributes:
        path: The file, relative to the content folder.
        line: 1-based line in that file; 0 when the problem has no line.
        code: Stable code such as ``ND104``; every code is listed in docs/reference/diagnostics.md.
        message: What is wrong: ``key: value → problem``.
        hint: What to do about it; empty when the message says it.
        severity: Whether the file was left out (ERROR) or only a value of it (WARNING).
        is_private: Whether the file is not to be shown, so that no public page names it.
    """

    path: str
    line: int = 0
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING
    is_private: bool = False

    def __str__(self) -> str:
        """Return ``path:line: CODE message → hint``, the form that editors and terminals make clickable."""
        path = printable_path(self.path)
        where = f"{path}:{self.line}" if self.line else path
        advice = f" → {self.hint}" if self.hint else ""
        return f"{where}: {self.code} {self.message}{advice}"


def diagnose(code: str, message: str, *, path: str, line: int = 0, hint: str = "") -> Diagnostic:
    """Return the diagnostic *code*, with the severity that :data:`CODES` gives it.

    A message repeats what strangers wrote, and ends in terminals, logs and ``/status/``: it becomes one line, of
    bounded length, in which nothing steers them, and no address keeps its user name or password.
    """
    severity, _ = CODES[code]
    message = printable(masked(message)) if may_name_users(message) else printable(message)
    return Diagnostic(path=path, line=line, code=code, message=message, hint=hint, severity=severity)


# What stands before the host of an address: up to its last `@`; or, where what follows the colon is no port, up to one.
_USERINFO: Final = re.compile(
    r"""((?<![\\/])[\\/]{2,}+|\bhttps?:[\\/]?(?![\\/]))"""
    r"""(?:[^\s"'<>/\\?#]{0,4096}|[^\s"'<>/\\?#:]{0,256}:(?!\d{1,5}[/\\?#])[^\s"'<>]{0,256})(?:[@＠﹫]|%40)"""
)
# The same where the whole address is percent-encoded, once or more often, as a parameter of another one.
_ENCODED_USERINFO: Final = re.compile(
    r"""((?::|%(?:25)*3A)(?:/|%(?:25)*2F){2})(?:(?!%(?:25)*(?:2F|3F|23|26))[^\s"'<>/\\?#&]){0,256}(?:@|%(?:25)*40)""",
    re.IGNORECASE,
)
_LOOSE_USERINFO: Final = re.compile(
    r"""(?<![\w/.@…-])(?!mailto:)[\w.+-]{1,64}:[^\s@＠﹫/"'<>]{1,256}?(?:[@＠﹫]|%40)(?=[\w\[])"""
)


def without_userinfo(text: str) -> str:
    """Return *text* with every address in it that names a user or a password without them."""
    return _ENCODED_USERINFO.sub(r"\1", _USERINFO.sub(r"\1", text)) if may_name_users(text) else text


def names_users_within(part: str) -> bool:
    """Whether *part*, the path, the query or the fragment of an address, holds another one with a user name."""
    return may_name_users(part) and _ENCODED_USERINFO.search(part) is not None


def may_name_users(text: str) -> bool:
    """Whether *text* has a sign of an address with a user name; most texts have none, which is quickly seen."""
    return "@" in text or "%40" in text or "%2540" in text or (not text.isascii() and ("＠" in text or "﹫" in text))


def masked(text: str) -> str:
    """Return *text* as a message may repeat it: a dot for each user name and password, also where the scheme is
    missing.
    """
    return _LOOSE_USERINFO.sub("…@", _ENCODED_USERINFO.sub(r"\1…@", _USERINFO.sub(r"\1…@", text)))


def printable(text: str) -> str:
    """Return *text* as one line of at most 400 characters, without control, invisible or unpaired ones."""
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= MAX_MESSAGE_CHARS else f"{text[: MAX_MESSAGE_CHARS - 1]}…"


def printable_path(path: str) -> str:
    r"""Return *path* with every character that cannot be printed as an escape such as ``\x1b``."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path)


def from_here(path: str) -> str:
    """Return *path* as a person would say it here: relative where it lies below the folder that one works in."""
    full, here = os.path.abspath(path), os.getcwd()
    return os.path.relpath(full, here) if full.startswith(f"{here}{os.sep}") else full


class DigestError(Exception):
    """Base of every exception that this package raises on purpose.

    It may come from another process, where ``__init__`` would not know what it was made from: ``args`` are the text.

    Attributes:
        exitcode: What a command ends with that cannot go on for it; Pelican reads it, too.
    """

    exitcode = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it again as it is, without its ``__init__``."""
        return DigestError.__new__, (type(self), *self.args), self.__dict__


class ContentError(DigestError):
    """A file that cannot be used; carries the diagnostic that says why.

    Attributes:
        diagnostic: What is wrong, where, and what to do.
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class SettingError(DigestError):
    """One or more settings cannot be used; the text lists them all at once.

    Attributes:
        problems: One sentence each.
    """

    exitcode = 2  # as for a settings file that is broken in any other way

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("settings: " + "; ".join(self.problems))


class UnsafePathError(DigestError):
    """A plan wants to write outside the output folder; a bug of ours or of a plugin, never followed.

    Attributes:
        save_as: The address that was refused.
    """

    def __init__(self, save_as: str) -> None:
        self.save_as = save_as
        super().__init__(f"refusing to write {save_as!r}: it lies outside the output folder")


class OutputError(DigestError):
    """The site cannot be written: no space, no permission, a file where a folder belongs.

    Attributes:
        path: What could not be written.
        reason: What the system says.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"the site cannot be written: {path}: {reason}. It is as the last build left it; fix this and build again"
        )


class TemplateError(DigestError):
    """A template cannot be used, or raised something while a page was made.

    Attributes:
        path: The template's file.
        line: 1-based; 0 when nobody knows.
        kind: The name of what it raised, such as ``UndefinedError``.
        reason: What is wrong.
        hint: What to do about it; ``""`` when the reason says it.
    """

    def __init__(self, path: str, line: int, kind: str, reason: str, hint: str = "") -> None:
        self.path, self.line, self.kind, self.reason, self.hint = path, line, kind, reason, hint
        where = f"{printable_path(from_here(path))}:{line}" if line else printable_path(from_here(path))
        super().__init__(f"{where}: {kind} {printable(reason)}{f' → {hint}' if hint else ''}")


class DuplicateSlugError(DigestError):
    """Two items reached the catalogue under one slug; the reader must have told them apart before.

    Attributes:
        slug: The slug that occurs twice.
    """

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(f"two items share the slug {slug!r}")


def counted(number: int, noun: str) -> str:
    """Return *number* with *noun*, a regular one, in the number that it has: ``1 file``, ``2,000 stories``."""
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun}"


def nearest(name: str, among: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the spelling in *among* that looks most like *name*, or ``""`` when none is close.

    Args:
        cutoff: How alike they have to be, from 0 to 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is misspelt

    found = get_close_matches(name, sorted(among), n=1, cutoff=cutoff)
    return found[0] if found else ""
