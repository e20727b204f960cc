"""``make bench``: the same site, built by this plugin and by others, in turn; see docs/explanation/speed.md."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from archive import AZURE, REAL, ROOT, count_of, facts_of, write_archive
from chart import draw_chart
from interpreter import Interpreter, look_at
from machine import describe_machine
from peer import PEERS, BenchmarkError, Pages, Peer
from report import Result, SetResults, make_report, name_of, publish

RESULTS = Path(__file__).resolve().parent / "results"
MODES = {
    "cold": "the first build",
    "same": "nothing changed",
    "edit": "one item edited",
    "add": "one item added in the middle",
    "day": "a day's news: sixty items, newer than all others",
    "template": "the template of articles edited",
}
SEED = 20_180_101
# Whose builds are measured with other Pythons too.
OURS = ("us", "us-whole")


def main() -> int:
    """Do what the command line asks for."""
    args = _arguments()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / ".gitignore").write_text("*\n")
    sets = [name for name in args.sets.split(",") if name]
    if AZURE in sets and not REAL.exists():
        print(f"{AZURE}: left out, there is no {REAL.name} beside the checkout", file=sys.stderr)
        sets.remove(AZURE)
    built = [] if args.report_only else sets
    try:
        for name in built:
            contestants = line_up(args.peers.split(","), args.python, folder=args.work / name)
            measured = measure_set(name, contestants, args.modes.split(","), runs=args.runs, folder=args.work / name)
            (RESULTS / f"{name}.json").write_text(json.dumps(asdict(measured), indent=1) + "\n")
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    for name in [] if args.keep else built:
        shutil.rmtree(args.work / name)  # at the end of all: see Peer.forget
    found = [SetResults.load(json.loads((RESULTS / f"{name}.json").read_text())) for name in sets]
    report, chart = make_report(found), draw_chart(found)
    (RESULTS / "report.md").write_text(report, encoding="utf-8")
    (RESULTS / "speed.svg").write_text(chart, encoding="utf-8")
    print(report)
    if args.publish:
        publish(report, chart, docs=ROOT / "docs")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the same site with several programs, in turn.")
    parser.add_argument("--sets", default="1k,10k,azure", help="1k, 10k, 50k, 100k …, azure (default: %(default)s)")
    parser.add_argument("--peers", default=",".join(PEERS), help="in the order of the runs (default: %(default)s)")
    parser.add_argument("--modes", default=",".join(MODES), help="what is measured (default: %(default)s)")
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="PATH",
        help="another Python in which this checkout is installed: News Digest is built by it, too; may be repeated",
    )
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts (default: %(default)s)")
    parser.add_argument(
        "--work", type=Path, default=RESULTS / "work", help="where the sites are (default: %(default)s)"
    )
    parser.add_argument("--keep", action="store_true", help="leave the sites there")
    parser.add_argument("--report-only", action="store_true", help="report what earlier runs measured")
    parser.add_argument("--publish", action="store_true", help="write table and plot into docs/")
    args = parser.parse_args()
    for given, known in ((args.peers, PEERS), (args.modes, MODES)):
        if unknown := set(given.split(",")) - set(known):
            parser.error(f"not known: {', '.join(sorted(unknown))}")
    try:
        for name in filter(None, args.sets.split(",")):
            count_of(name)
    except ValueError:
        parser.error(f"not a set: {name}")
    try:
        args.python = list({found.name: found for found in map(look_at, args.python)}.values())
    except ValueError as error:
        parser.error(str(error))
    args.work = args.work.resolve()
    return args


def line_up(programs: Sequence[str], pythons: Sequence[Interpreter], *, folder: Path) -> list[Peer]:
    """Return who is measured, in turn; each has a folder below *folder*, and each of *pythons* follows our own rows."""
    peers = []
    for program in programs:
        runners = [None, *(pythons if program in OURS else ())]
        peers += [Peer(program, folder / f"{program}-{number}", python) for number, python in enumerate(runners)]
    return peers


def measure_set(name: str, contestants: Sequence[Peer], modes: Sequence[str], *, runs: int, folder: Path) -> SetResults:
    """Build one archive with every peer, A B C A B C, for every mode; check that each made the whole site."""
    shutil.rmtree(folder, ignore_errors=True)
    write_archive(name, folder / "items", seed=SEED)
    facts = facts_of(folder / "items")
    for peer in contestants:
        peer.prepare(folder / "items", facts)
    results = [_result(peer, "cold") for peer in contestants] if "cold" in modes else []
    pages: dict[str, Pages] = {}
    for _ in range(runs if "cold" in modes else 1):
        for number, peer in enumerate(contestants):
            peer.forget()
            usage = peer.build()
            pages[peer.name] = peer.check(facts)
            if "cold" in modes:
                results[number].usages.append(usage)
                _say(name, results[number])
    for mode in (mode for mode in MODES if mode in modes and mode != "cold"):
        results += _measure_changes(name, mode, contestants, runs=runs)
        for peer in contestants:
            peer.check(facts)
    return SetResults(
        name, facts.items, facts.size, runs, describe_machine(), {k: asdict(v) for k, v in pages.items()}, results
    )


def _measure_changes(name: str, mode: str, contestants: Sequence[Peer], *, runs: int) -> list[Result]:
    """Measure builds on top of an earlier one, each after one change."""
    results = [_result(peer, mode) for peer in contestants]
    for peer in contestants:
        peer.build()  # not counted: what the mode before left behind is built
    for _ in range(runs):
        for peer, result in zip(contestants, results, strict=True):
            match mode:
                case "edit":
                    peer.edit()
                case "add":
                    peer.add()
                case "day":
                    peer.add_day()
                case "template":
                    peer.edit_template()
            result.usages.append(peer.build())
            _say(name, result)
    return results


def _result(peer: Peer, mode: str) -> Result:
    return Result(peer.name, mode, [])


def _say(name: str, result: Result) -> None:
    usage = result.usages[-1]
    line = (
        f"{name:>6} {result.mode:9} {name_of(result.peer)}: {usage.wall:8.2f} s {usage.cpu:8.2f} s cpu"
        f" {usage.peak:7.0f} MiB {usage.all_peak or 0:7.0f} MiB in all"
    )
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
