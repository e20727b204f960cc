"""The loop of a preview: watch, rebuild, report; until Ctrl-C."""

from __future__ import annotations

import errno
import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from glob import escape, glob
from typing import TYPE_CHECKING, Final

from ..errors import DigestError, counted, printable_path
from .board import Board
from .desk.desk import Desk
from .desk.query import PLACE
from .door import THIS_MACHINE, Door
from .owner import Owner, Wishes
from .ports import who_has
from .rebuild import Rebuilder, Rebuilt
from .server import PreviewServer
from .site import PreviewSite
from .watcher import Watcher

if TYPE_CHECKING:
    from .problems import Problem

PORTS_TO_TRY: Final = 20
# Windows has no way to become another program.
CAN_RESTART: Final = os.name != "nt"
# The listening socket that a process inherits from the one that it replaces.
SOCKET_KEY: Final = "NEWS_DIGEST_PREVIEW_SOCKET"
# When the search index is made: after a short rest. And memory tidied up: after that and some builds, or a long rest.
IDLE_S: Final = 2.0
LONG_IDLE_S: Final = 30.0
BUILDS_KEPT: Final = 5
MOST_BUILDS_KEPT: Final = 15
NAMES_SHOWN: Final = 3
_NO_ADDRESS: Final = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class NoPortError(DigestError):
    """Every port that was tried is taken."""


class NoAddressError(DigestError):
    """This machine has no such address."""


class RestartNeeded(Exception):  # noqa: N818 - no error: code that runs was changed, and must be started anew
    """This process has to make room for one that runs the new code."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


def open_server(
    site: PreviewSite,
    *,
    port: int,
    say: Callable[[str], None],
    door: Door = THIS_MACHINE,
    inherited: socket.socket | None = None,
    desk: Desk | None = None,
) -> PreviewServer:
    """Return a server at the first free port from *port* on (0: any), and say of each taken one who has it.

    Raises:
        NoPortError: Twenty ports in a row are taken.
        NoAddressError: The address is not this machine's.
    """
    if inherited is not None:
        return PreviewServer(0, site=site, note=say, door=door, inherited=inherited, desk=desk)
    ports = range(port, min(port + PORTS_TO_TRY, 1 << 16)) if port else range(1)
    for candidate in ports:
        try:
            return PreviewServer(candidate, site=site, note=say, door=door, desk=desk)
        except OSError as error:
            if error.errno in _NO_ADDRESS:
                raise NoAddressError(f"this machine has no address {door.address} to listen at") from error
            is_taken = error.errno == errno.EADDRINUSE
            say(
                f"port {candidate} is taken {who_has(candidate)}" if is_taken else f"port {candidate}: {error.strerror}"
            )
    raise NoPortError(f"ports {ports[0]} to {ports[-1]} are all taken")


def report(result: Rebuilt, *, before: Sequence[Problem], changed: frozenset[str], here: str) -> Iterator[str]:
    """Yield what the terminal says of a build: what changed, what came of it, what is new to be mended, what was."""
    # Of what an editor wrote beside a file and renamed, only the file is of interest.
    there = [path for path in changed if os.path.exists(path)] or changed
    names = sorted(os.path.relpath(path, here) if path.startswith(here) else path for path in there)
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    cause = f"{', '.join(map(printable_path, names[:NAMES_SHOWN]))}{more}: " if names else ""
    if result.is_done:
        removed = f", {len(result.removed):,} removed" if result.removed else ""
        yield f"{cause}{counted(len(result.changed), 'file')} written{removed} in {result.seconds:.2f} s"
    else:
        yield f"{cause}keeping the last good build until this is fixed"
    yield from (f"  {problem}" for problem in result.problems if problem not in before)
    if before and not result.problems:
        yield "  all problems fixed"


def _inherited() -> socket.socket | None:
    """Return the listening socket of the process that this one replaced."""
    number = os.environ.pop(SOCKET_KEY, "")
    return socket.socket(fileno=int(number)) if number.isdigit() else None


def _ground(owner: Owner) -> dict[str, tuple[str, ...]]:
    """Return what is to be watched, as far as the settings could be read."""
    layout = owner.layout
    # What the settings import stands beside them; of what cannot be read nobody knows what it would import.
    files = {owner.path, *glob(f"{escape(os.path.dirname(owner.path))}/*.py")}
    if layout is None:
        return {"trees": (), "files": tuple(sorted(files)), "ignored": (), "patterns": ()}
    code = [path for path in layout.code if os.path.isdir(path)]
    files.update(layout.files, (path for path in layout.code if path not in code))
    trees = tuple(sorted({*layout.trees, *code}))
    return {"trees": trees, "files": tuple(sorted(files)), "ignored": layout.ignored, "patterns": layout.patterns}


class Session:
    """One preview, from its first build to Ctrl-C.

    Args:
        say: Called with each line for the terminal.
        on_first_build: Called with the address of the site, after the first build.
    """

    def __init__(
        self, wishes: Wishes, *, say: Callable[[str], None], on_first_build: Callable[[str], None] = lambda _: None
    ) -> None:
        self._wishes = wishes
        self._say = say
        self._on_first_build = on_first_build
        self._board = Board()
        self._site = PreviewSite(self._board, base=wishes.base or "/")
        self._owner = Owner(wishes, site_url=self._site_url)
        self._desk = Desk(self._owner, self._board)
        self._rebuilder = Rebuilder(self._owner, on_pages=self._board.tell)
        self._server: PreviewServer | None = None
        self._answering: threading.Thread | None = None
        self._stop = threading.Event()
        self._said: tuple[Problem, ...] = ()
        self._said_once: set[str] = set()
        self._untidy = 0
        self._built_at = 0.0

    def _site_url(self, base: str) -> str:
        return f"{self._wishes.door.url(self.server.port)}{base}".rstrip("/")

    @property
    def desk_url(self) -> str:
        """Where the desk is; ``""`` where it answers nobody, because others can reach the preview."""
        return f"{self.server.url}{PLACE}" if self._wishes.door.is_loopback else ""

    @property
    def server(self) -> PreviewServer:
        """The server, once it is open."""
        assert self._server is not None  # noqa: S101 - see open()
        return self._server

    def open(self, *, port: int) -> str:
        """Open the port, read the settings, begin to answer; return the address of the site.

        Raises:
            NoPortError, NoAddressError: See :func:`open_server`.
        """
        door = self._wishes.door
        self._server = open_server(
            self._site, port=port, say=self._say, door=door, inherited=_inherited(), desk=self._desk
        )
        self._rebuilder.prepare()
        self._settle()
        self._answering = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._answering.start()
        return self.server.url

    def run(self) -> None:
        """Build, and build again whenever something changes, until :meth:`end` or Ctrl-C.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            RestartNeeded: Code that runs in this process was changed.
        """
        was_enabled = gc.isenabled()
        gc.disable()  # it would walk the whole archive in the middle of builds: see _rest
        try:
            while not self._stop.is_set():
                self._watch()
        finally:
            if was_enabled:
                gc.enable()

    def _watch(self) -> None:
        """Build, and again at every change, until the settings say that other files matter."""
        ground = _ground(self._owner)
        is_new = True  # what changed before the watching began is in the first build
        for changed in Watcher(**ground, stop=self._stop, say=self._say_once, polls=self._wishes.polls):
            if not is_new and not changed:
                self._rest()
                continue
            if not self._makes_room(changed):
                self._build(changed)
            is_new = False
            if _ground(self._owner) != ground:
                return

    def _say_once(self, line: str) -> None:
        """Say *line*, but for a second time."""
        if line not in self._said_once:
            self._said_once.add(line)
            self._say(line)

    def _makes_room(self, changed: frozenset[str]) -> bool:
        """Whether code that runs in this process was changed, but is too broken to be run."""
        code = sorted(path for path in changed if self._owner.is_code(path))
        if not code or not CAN_RESTART:
            return False
        broken = tuple(problem for path in code for problem in self._rebuilder.check_code(path))
        if not broken:
            raise RestartNeeded(code[0])
        self._tell(Rebuilt(is_done=False, problems=broken), changed)
        return True

    def _build(self, changed: frozenset[str]) -> None:
        result = self._rebuilder.rebuild()
        self._settle()
        self._tell(result, changed)
        if not self._built_at:
            self._on_first_build(self.server.url)
        self._untidy += 1
        if self._untidy >= MOST_BUILDS_KEPT:  # whoever saves without a rest
            self._collect()
        self._built_at = time.monotonic()

    def _settle(self) -> None:
        """Serve what the settings name now."""
        layout = self._owner.layout
        if layout is None:
            return
        self._site.folder = layout.output
        if self._site.base != layout.root:
            self._site.base = layout.root
            if self._built_at:
                self._say(f"the site is now at {self.server.url}")

    def _tell(self, result: Rebuilt, changed: frozenset[str]) -> None:
        self._board.marks = result.marks
        if result.is_done:
            self._board.pictures = result.pictures
        self._board.tell(is_building=False, is_held=not result.is_done, problems=result.problems)
        for line in report(result, before=self._said, changed=changed, here=os.getcwd()):
            self._say(line)
        self._said = result.problems

    def _rest(self) -> None:
        """Do what can wait, when nobody waits for anything: for a moment nothing else is done."""
        idle_s = time.monotonic() - self._built_at
        if idle_s < IDLE_S:
            return
        if self._rebuilder.finish():
            return
        if self._untidy and (idle_s > LONG_IDLE_S or self._untidy >= BUILDS_KEPT):
            self._collect()

    def _collect(self) -> None:
        gc.collect()
        self._untidy = 0

    def end(self) -> None:
        """Let every page and the port go."""
        self._stop.set()
        self._board.close()
        if self._answering is not None:
            self.server.shutdown()
        if self._server is not None:
            self._server.server_close()

    def make_room(self) -> None:
        """Replace this process by a new one, which goes on listening at the same port. Does not return."""
        listening = self.server.socket
        listening.set_inheritable(True)
        os.environ[SOCKET_KEY] = str(listening.fileno())
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very command
