"""Fetch and make the pictures of a real archive, from stand-ins on loopback, and make the same with libvips.

    python benchmarks/images.py [--keep FOLDER]

Each picture that a published item names is drawn in the size that its front matter says, as JPEG, PNG or GIF as its
address ends, icons of sources as well, and served by a process of its own. Then run, in turn: ``news-digest images``
with nothing known; the same again; the same, making only, with one process; and ``vipsthumbnail`` for the same files,
sizes and quality, with one thread.
CPU is that of all processes together. Memory is what all processes together hold, what several share counted once
(proportional set size), sampled twenty times a second.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
from archive import REAL, ROOT
from PIL import Image

from pelican.plugins.news_digest.images.pictures import MadePicture

IMAGES = re.compile(r"^images:\n(?:  .*\n)+", re.MULTILINE)
PICTURE = re.compile(r'url: "(https?://[^"]+)"\n    width: (\d+)\n    height: (\d+)')
ICON = re.compile(r'"https://everyday-cc\.github\.io/\w+/assets/images/organizations/([^"/]+)"')
FORMATS = {".png": "PNG", ".gif": "GIF"}
QUALITY = 75
SETTINGS = """\
SITENAME = "Azure"
SITEURL = "https://azure.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
PLUGIN_PATHS = [{plugins!r}]
PLUGINS = ["pelican.plugins.news_digest"]
THEME = {theme!r}
DIGEST_WORKERS = {workers}
"""


@dataclass
class Measured:
    """What one program took."""

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    said: str = ""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files over connections that stay open, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep quiet."""


def draw(path: Path, width: int, height: int, form: str, *, seed: int) -> None:
    """Draw a picture with coarse and fine detail, as much of it as photographs and charts have."""
    dice = random.Random(seed)  # noqa: S311 - the same picture each time
    if form == "JPEG":
        image = Image.new("RGB", (width, height), (128, 128, 128))
        for cells in (4, 16, 64, 256):
            size = (cells, max(1, cells * height // width))
            field = Image.frombytes("RGB", size, dice.randbytes(3 * size[0] * size[1]))
            image = Image.blend(image, field.resize((width, height), Image.Resampling.BICUBIC), 0.32)
        image.save(path, form, quality=88)
        return
    image = Image.new("RGB", (width, height), (250, 250, 250))
    for _ in range(400):
        x, y = dice.randrange(width), dice.randrange(height)
        colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
        image.paste(colour, (x, y, x + dice.randrange(4, width // 6 + 5), y + dice.randrange(2, height // 12 + 3)))
    image.save(path, form)


def local_icon(host: Path, match: re.Match[str]) -> str:
    """Draw the icon that *match* names, and return where it is served."""
    name = f"icon-{match[1]}"
    if not (host / name).exists():
        draw(host / name, 50, 50, "JPEG", seed=len(name))
    return f'"http://127.0.0.1:PORT/{name}"'


def prepare(folder: Path) -> tuple[int, Path, Path]:
    """Write the site and draw its pictures; return how many there are, and where both lie."""
    site, host = folder / "site", folder / "host"
    host.mkdir(parents=True)
    with tarfile.open(REAL) as archive:
        archive.extractall(folder / "archive", filter="data")
    content = site / "content"
    content.mkdir(parents=True)
    for source, target in (("_news", "news"), ("_data/topics", "topics"), ("_data/organizations", "providers")):
        shutil.move(folder / "archive" / source, content / target)
    drawn: set[str] = set()
    for path in sorted((content / "news").iterdir()):
        text = ICON.sub(partial(local_icon, host), path.read_text(encoding="utf-8"))
        block = IMAGES.search(text)
        if block is None:
            path.write_text(text, encoding="utf-8")
            continue

        def local(match: re.Match[str], *, is_shown: bool) -> str:
            url, width, height = match[1], int(match[2]), int(match[3])
            ending = Path(url.partition("?")[0]).suffix.lower()
            ending = ending if ending in FORMATS else ".jpg"
            name = hashlib.sha256(url.encode()).hexdigest()[:16] + ending
            if is_shown and name not in drawn:
                drawn.add(name)
                draw(host / name, width, height, FORMATS.get(ending, "JPEG"), seed=len(drawn))
            return f'url: "http://127.0.0.1:PORT/{name}"\n    width: {width}\n    height: {height}'

        is_shown = "\npublished: true" in text and "\nremoved: true" not in text
        images = PICTURE.sub(partial(local, is_shown=is_shown), block[0])
        path.write_text(text[: block.start()] + images + text[block.end() :], encoding="utf-8")
    return len(drawn), site, host


def pss_mb(root: int) -> float:
    """Return what *root* and all that it started hold, in MB."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    total, left = 0, [root]
    while left:
        pid = left.pop()
        left += children.get(pid, [])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


def run(name: str, command: list[str], *, folder: Path, env: dict[str, str] | None = None) -> Measured:
    """Run *command* and measure it with all that it starts."""
    log = folder / "said.txt"
    measure = str(Path(__file__).with_name("measure.py"))
    process = subprocess.Popen(
        [sys.executable, measure, str(log), *command],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", **(env or {})},
        stdout=subprocess.PIPE,
        text=True,
    )
    peak, own = 0.0, 0.0
    while process.poll() is None:
        now = pss_mb(process.pid)
        own = own or now
        peak = max(peak, now)
        time.sleep(0.05)
    result = json.loads(process.communicate()[0])
    said = log.read_text(encoding="utf-8", errors="replace")
    if result["code"]:
        sys.exit(f"{name} failed:\n{said}")
    return Measured(name, result["wall"], result["cpu"], peak, said)


def vips(made: list[MadePicture], sources: Path, folder: Path) -> Measured:
    """Make the same sizes of the same files with libvips: one call for each size, which is its best case."""
    by_width: dict[int, list[str]] = {}
    for one in made:
        digest = one.key.partition("-")[0]
        for width in one.picture.widths if one.picture else ():
            by_width.setdefault(width, []).append(str(sources / digest[:2] / digest))
    target = folder / "vips"
    target.mkdir()
    lines = [
        f"vipsthumbnail --size '{width}x100000>' --eprofile srgb -o '{target}/%s-{width}.webp[Q={QUALITY},strip]' "
        + " ".join(files)
        for width, files in sorted(by_width.items())
    ]
    script = folder / "vips.sh"
    script.write_text("set -e\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = run("libvips", ["sh", str(script)], folder=folder, env={"VIPS_CONCURRENCY": "1"})
    expected = sum(len(files) for files in by_width.values())
    written = list(target.iterdir())
    found.said = f"{len(written)} of {expected} files, {sum(p.stat().st_size for p in written) / 1e6:.1f} MB"
    return found


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="work here, and leave everything for a look")
    parser.add_argument("--port", type=int, default=0, help="of the stand-ins' host (default: any)")
    args = parser.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp())
    count, site, host = prepare(folder)
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(host), str(args.port)], stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(server.stdout.readline()) if server.stdout else 0
        for path in sorted((site / "content" / "news").iterdir()):
            text = path.read_text(encoding="utf-8")
            if "127.0.0.1:PORT" in text:
                path.write_text(text.replace("127.0.0.1:PORT", f"127.0.0.1:{port}"), encoding="utf-8")
        report(count, site, folder, port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        if not args.keep:
            shutil.rmtree(folder)


def report(count: int, site: Path, folder: Path, port: int) -> None:
    """Measure everything and print it."""

    def settings(workers: int) -> None:
        text = SETTINGS.format(
            plugins=str(ROOT / "plugins" / "pelican" / "plugins"), theme=str(ROOT / "theme"), workers=workers
        )
        (site / "pelicanconf.py").write_text(text, encoding="utf-8")

    images = [str(Path(sys.executable).with_name("news-digest")), "images", "--allow-host", f"127.0.0.1:{port}"]
    store = site / "cache" / "news-digest" / "images"
    settings(0)
    rows = [run("fetch and make", images, folder=site), run("again, nothing new", images, folder=site)]
    if "Fetching" in rows[1].said or "Making" in rows[1].said:
        sys.exit(f"the second run did something:\n{rows[1].said}")
    shutil.rmtree(store / "made")
    (store / "made.jsonl").unlink()
    settings(1)
    rows.append(run("make, one process", [*images, "--offline"], folder=site))
    lines = (store / "made.jsonl").read_bytes().splitlines()
    made = [msgspec.json.decode(line, type=MadePicture) for line in lines]
    if shutil.which("vipsthumbnail"):
        rows.append(vips(made, store / "sources", folder))
    base = rows[1].cpu_s
    files = sum(len(one.picture.files()) for one in made if one.picture)
    print(f"{count} pictures drawn, {len(made)} made as {files} files; before ", end="")
    print(f"{sum(o.source_bytes for o in made) / 1e6:.1f} MB, after {sum(o.made_bytes for o in made) / 1e6:.1f} MB")
    print(rows[0].said)
    print("| | wall s | CPU s | pictures per CPU s | memory MB |\n|---|--:|--:|--:|--:|")
    for row in rows:
        cpu_s = row.cpu_s - (0 if row.name == "libvips" else base)
        rate = f"{len(made) / cpu_s:.1f}" if row.name != "again, nothing new" else "–"
        print(f"| {row.name} | {row.wall_s:.1f} | {row.cpu_s:.1f} | {rate} | {row.peak_mb:.0f} |")
    if rows[-1].name == "libvips":
        print(f"libvips: {rows[-1].said}")


def serve(folder: str, port: int) -> None:
    """Serve *folder* until somebody ends it; say where."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(QuietHandler, directory=folder))
    print(server.server_address[1], flush=True)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    else:
        main()
