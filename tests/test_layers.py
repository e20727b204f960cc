"""The arrows of the architecture: no module imports one that stands above it, and each outside world has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
NAME = "pelican.plugins.news_digest"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
KNOWN = frozenset(MODULES)

# From the bottom up. What shares a step may not import its neighbour on that step.
STEPS = (
    {"code", "errors", "languages", "package"},
    {"running"},  # processes know nothing of the work, memory nothing of what it keeps
    {"setting"},  # one of them
    {"settings"},
    {"model", "text"},
    {"naming"},
    {"disk"},
    {"network"},
    {"frontmatter"},
    {"catalogue", "images"},
    {"pages", "checks", "audit", "newsdesk"},
    {"output"},
    {"host"},
    {"plugin"},
    {"preview"},
    {"cli"},
)
HEIGHT = {layer: height for height, step in enumerate(STEPS) for layer in step}
LOOSE = {"__init__": "plugin", "__main__": "cli"}

PELICAN_DOORS = ("cli/", "preview/owner.py", "preview/rebuild.py", "frontmatter/classic.py")


def layer_of(module: str) -> str:
    """Return the layer of a module: its folder, or for a file at the top its own name."""
    first = module.partition("/")[0].removesuffix(".py")
    return LOOSE.get(first, first)


@cache
def tree_of(module: str) -> ast.Module:
    """Return a module's code; each is parsed once for all tests."""
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> tuple[tuple[int, str, bool], ...]:
    """Return line, absolute name and whether it runs (not only for type checkers), for every import in a module."""
    return tuple(_imports_of(module))


def _imports_of(module: str) -> Iterator[tuple[int, str, bool]]:
    tree = tree_of(module)
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    package = [*NAME.split("."), *Path(module).parts[:-1]]
    for node in ast.walk(tree):
        runs = node not in typing_only
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, runs) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{source}.{alias.name}", runs) for alias in node.names)


def inner_imports(module: str) -> Iterator[tuple[int, str]]:
    """Yield line and module path for every import of our own, also those for type checkers."""
    for line, target, _ in inner_imports_with_use(module):
        yield line, target


@cache
def inner_imports_with_use(module: str) -> tuple[tuple[int, str, bool], ...]:
    """Return the same, and whether the import runs."""
    return tuple(_inner_imports(module))


def _inner_imports(module: str) -> Iterator[tuple[int, str, bool]]:
    for line, name, runs in imports_of(module):
        if not name.startswith(f"{NAME}."):
            continue
        parts = name.removeprefix(f"{NAME}.").split(".")
        for length in range(len(parts), 0, -1):
            path = "/".join(parts[:length])
            found = next((p for p in (f"{path}.py", f"{path}/__init__.py") if p in KNOWN), None)
            if found:
                yield line, found, runs
                break


def test_imports_lead_downwards():
    """A module imports its own layer and those below it: cli → plugin → output → pages → catalogue | images → …."""
    layers = {module: layer_of(module) for module in MODULES if module != "__init__.py"}
    assert [] == [
        f"{module}:{line} imports {target}"
        for module, layer in layers.items()
        for line, target in inner_imports(module)
        if layer_of(target) != layer and HEIGHT[layer_of(target)] >= HEIGHT[layer]
    ]


def test_every_module_has_a_layer():
    """A new folder gets a place in the architecture before it gets code."""
    assert [] == [module for module in MODULES if layer_of(module) not in HEIGHT]


def test_layers_are_found_at_all():
    """The reading of imports is not blind: known ones are seen."""
    assert "pages/lists/home.py" in [target for _, target in inner_imports("pages/everything.py")]
    assert "catalogue/build.py" in [target for _, target in inner_imports("host/build.py")]
    assert ("plugin.py") in [target for _, target in inner_imports("__init__.py")]
    assert len(MODULES) > 30


def test_no_modules_import_each_other():
    """There is no circle among modules, whatever their layers and whoever reads the imports: type checkers, too."""
    graph = {module: {target for _, target in inner_imports(module)} - {module} for module in MODULES}
    assert {} == circles(graph)


def test_no_wings_of_pages_lean_on_each_other():
    """What one wing plans needs nothing of a wing that needs it; the ground floor is not a wing."""
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        for _, target in inner_imports(module):
            if wing_of(module) and wing_of(target) and wing_of(module) != wing_of(target):
                graph.setdefault(wing_of(module), set()).add(wing_of(target))
                graph.setdefault(wing_of(target), set())
    assert {"archive", "lists", "views"} <= graph.keys()
    assert {} == circles(graph)


def wing_of(module: str) -> str:
    """Return the wing of ``pages/`` that a module stands in; ``""`` for any other."""
    parts = module.split("/")
    return parts[1] if parts[0] == "pages" and len(parts) > 2 else ""


def circles(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what is left of *graph* when everything that leads to an end is taken away: nothing without circles."""
    while ends := {name for name, targets in graph.items() if not targets}:
        graph = {name: targets - ends for name, targets in graph.items() if name not in ends}
    return graph


def test_a_circle_is_found():
    """The search is not blind."""
    assert {"a": {"b"}, "b": {"a"}} == circles({"a": {"b"}, "b": {"a", "c"}, "c": set(), "d": {"c"}})


MOST_DOORS = 5
MOST_AT_THE_TOP = 8
MOST_FLAT_IN_PAGES = 14
# Who may look behind the doors of a room, and why. Nobody else.
GUESTS = {
    "checks": {"frontmatter", "catalogue", "images"},  # their subject is what went on there, line by line
    "cli/audit.py": {"audit"},  # puts its parts together
    "cli/images.py": {"images"},  # puts fetching and making together: no build does either
    "cli/elsewhere.py": {"newsdesk"},  # the same for what lies in other places
    "cli/importing.py": {"newsdesk"},  # puts asking, reading and writing together
    "cli/changes.py": {"frontmatter"},  # writes what was decided of items
    "cli/rank.py": {"newsdesk"},  # decides it
    "cli/new.py": {"newsdesk", "frontmatter"},  # reads a page, and writes an item
    "cli/init.py": {"newsdesk"},  # begins what an import goes on with
    "cli/sources.py": {"newsdesk", "frontmatter"},  # the same for what is asked
    "newsdesk": {"frontmatter", "catalogue"},  # changes files key by key, as they are written, by what reports what
    "plugin.py": {"host"},  # its sign: which hook is whose
}


def rooms_of(module: str) -> list[str]:
    """Return the folders that a module stands in, the outermost first: ``a/b/c.py`` → ``a``, ``a/b``."""
    parts = module.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


@cache
def doors_of(room: str) -> tuple[str, ...]:
    """Return the doors that the ``__init__`` of *room* names, without importing it."""
    for node in tree_of(f"{room}/__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DOORS":
            return tuple(ast.literal_eval(node.value))
    return ()


ROOMS = sorted({room for module in MODULES for room in rooms_of(module)} - {"languages"})  # whose words everybody says


def past_doors(module: str) -> Iterator[str]:
    """Yield the imports of a module that enter another room by no door. Inside a room all stand open."""
    guest_of = GUESTS.get(module, GUESTS.get(rooms_of(module)[0] if rooms_of(module) else "", set()))
    for line, target in inner_imports(module):
        inside = rooms_of(target)
        if not inside or inside[0] not in {room.split("/")[0] for room in ROOMS} or inside[0] in rooms_of(module):
            continue
        if inside[0] not in guest_of and Path(target).stem not in doors_of(inside[-1]):
            yield f"{module}:{line} imports {target}, which is no door of {inside[-1]}"


def test_rooms_are_entered_by_their_doors():
    """Whoever uses another room uses the modules that its ``__init__`` names."""
    assert [] == [found for module in MODULES for found in past_doors(module)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str):
    """Its ``__init__`` has a paragraph, and names at most five doors, each of which is a module that others use."""
    assert ast.get_docstring(tree_of(f"{room}/__init__.py"))
    doors = doors_of(room)
    assert len(doors) <= MOST_DOORS
    used = {
        target for m in MODULES if room.split("/", maxsplit=1)[0] not in rooms_of(m) for _, target in inner_imports(m)
    }
    assert set() == {f"{room}/{door}.py" for door in doors} - used


def test_the_house_has_few_loose_modules():
    """At the top stand the entrance and what every room needs; in ``pages/`` what every wing needs."""
    assert len([module for module in MODULES if "/" not in module]) <= MOST_AT_THE_TOP
    assert len([module for module in MODULES if rooms_of(module) == ["pages"]]) <= MOST_FLAT_IN_PAGES


def importers(*roots: str) -> set[str]:
    """Return the modules that import one of *roots* from outside."""
    return {
        module
        for module in MODULES
        for _, name, _ in imports_of(module)
        if any(f"{name}.".startswith(f"{root}.") for root in roots) and not name.startswith(NAME)
    }


def test_front_matter_is_the_only_door_to_yaml():
    """Nothing outside frontmatter/ reads YAML."""
    found = importers("yaml", "frontmatter", "yaml_rs", "ruamel")
    assert {module for module in found if module.startswith("frontmatter/")} == found != set()


def test_images_is_the_only_door_to_pillow():
    """Nothing but images/ opens a picture."""
    assert [] == [module for module in importers("PIL") if not module.startswith("images/")]


def test_three_modules_are_the_only_door_to_the_network():
    """Nothing else asks another host, and nothing but the command line imports those: no build does."""
    doors = {"network/client.py", "network/exchange.py", "network/deadline.py"}
    found = importers("urllib3", "socket", "ssl", "http.client", "urllib.request", "httpx", "requests")
    assert doors == {module for module in found if not module.startswith("preview/")}  # which answers, on loopback
    users = {m for m in MODULES for _, target, runs in inner_imports_with_use(m) if runs and target in doors}
    assert {
        "cli/images.py",
        "cli/links.py",
        "cli/ping.py",
        "newsdesk/incoming/feeds.py",
        "network/fetch.py",
        "network/client.py",
    } == users
    asking = "newsdesk/incoming/feeds.py"
    users = {m for m in MODULES for _, target, runs in inner_imports_with_use(m) if runs and target == asking}
    assert {"cli", "newsdesk"} == {layer_of(m) for m in users}


def test_only_the_doors_to_pelican_import_it():
    """The pure middle knows nothing of Pelican: only the plugin's own modules, the reader and the command line do."""
    inside = {
        m for m in importers("pelican") if layer_of(m) not in {"host", "plugin"} and not m.startswith(PELICAN_DOORS)
    }
    assert set() == inside


def test_init_is_light():
    """Pelican imports every installed plugin, listed or not: that must cost next to nothing."""
    allowed = {"from __future__ import annotations", "from pathlib import Path"}
    for module, more in (("__init__.py", {"from .package import __version__, theme_path"}), ("package.py", set())):
        top = tree_of(module).body
        found = {ast.unparse(node) for node in top if isinstance(node, (ast.Import, ast.ImportFrom))}
        assert allowed | more >= found


WRITING_MODES = set("wax+")
WRITING_CALLS = {
    "write_text", "write_bytes", "makedirs", "mkdir", "replace", "rename", "unlink", "remove", "rmdir", "rmtree",
    "copyfile", "copy2", "copytree", "move", "touch", "symlink_to", "link", "truncate", "mkdtemp",
}  # fmt: skip
# Strings and dictionaries have methods of the same names.
AMBIGUOUS = {"replace", "rename", "remove", "move", "link", "truncate"}
# What the cache keeps goes through one door; pictures are written by `news-digest images` and never by a build.
WRITERS = (
    "output/",
    "cli/",
    "disk/sealed.py",
    "frontmatter/classic.py",  # a copy in a folder of its own, for other plugins' readers: they take files alone
    "images/making/elsewhere.py",  # a folder of its own for one picture, on a machine that does not see the site's
    "images/making/store.py",
    "images/making/process.py",
    "network/client.py",
    "newsdesk/incoming/feeds.py",
    "running/worker.py",  # what it tells the system of itself: that it may be ended before the build is
    "running/elsewhere.py",  # a file that tells whether another machine sees its folder
)


def writes_of(module: str) -> Iterator[str]:
    """Yield every call in a module that changes a disk."""
    for node in ast.walk(tree_of(module)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in WRITING_CALLS and (name not in AMBIGUOUS or owner in {"os", "shutil"}):
            yield f"{module}:{node.lineno} {owner}.{name}()"
        if name == "open":
            given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
            modes = [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            flags = " ".join(ast.unparse(arg) for arg in given)
            # Who says which rights a file has makes one.
            if owner == "os" and (len(given) > 2 or "O_W" in flags or "O_RDWR" in flags):
                yield f"{module}:{node.lineno} os.open(…)"
            if any(len(mode) <= 4 and WRITING_MODES & set(mode) for mode in modes):  # a mode, not a file's name
                yield f"{module}:{node.lineno} open(…, {modes[-1]!r})"


def test_only_output_writes_files():
    """Deciding and doing are apart: outside output/ and cli/ nothing changes a disk."""
    assert [] == [found for module in MODULES if not module.startswith(WRITERS) for found in writes_of(module)]


def test_writing_is_found_where_it_happens():
    """The search for writes is not blind: it finds the writer's own."""
    found = " ".join(writes_of("output/folder/writer.py"))
    assert "os.replace()" in found
    assert "os.open(" in found
    assert "os.makedirs()" in found
    assert "open(…, 'ab')" in " ".join(writes_of("output/manifest.py"))


@cache
def calls_of(module: str) -> tuple[str, ...]:
    """Return what a module calls, as it is written."""
    return tuple(ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call))


def test_pure_modules_know_no_clock():
    """Now is an argument: catalogue, pages and model never ask a clock or a die."""
    pure = [module for module in MODULES if module.split("/")[0] in {"catalogue", "pages", "model.py", "images"}]
    bad = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic", "hash"}
    dice = ("random.", "uuid.", "secrets.")
    assert [] == [(m, call) for m in pure for call in calls_of(m) if call in bad or call.startswith(dice)]


def test_only_the_command_line_prints_and_exits():
    """Everything else raises or logs; a process that works for another one ends with it."""
    others = [module for module in MODULES if not module.startswith("cli/")]
    bad = {"print", "sys.exit", "exit", "quit", "os._exit"}
    allowed = {("__main__.py", "sys.exit"), ("running/worker.py", "os._exit"), ("running/copies.py", "os._exit")}
    assert set() == {(module, call) for module in others for call in calls_of(module) if call in bad} - allowed
