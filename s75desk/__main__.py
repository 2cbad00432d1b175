"""The command line: opens the window, or does one thing for scripts, tests and support.

Exit 0 when done, 2 for wrong use, 1 with one plain sentence on standard error otherwise.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from s75desk import __version__
from s75desk.paths import NoFolder

VERBS = ("new", "brief", "export", "calendar", "check", "backup", "restore")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (those of the process if none are given); returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in VERBS:
        return _verb(given)
    options = _window_parser().parse_args(given)
    if options.self_test:
        from s75desk.selftest import self_test

        return self_test()
    try:
        return _window(options)
    except NoFolder as trouble:
        from s75desk.app import tell_before_it_ends

        print(f"s75desk: {trouble}", file=sys.stderr)
        tell_before_it_ends(str(trouble))
        return 1


def _window(options: Namespace) -> int:
    # What is made while the program is loaded stays for as long as it runs: to look for garbage among it, then or
    # ever after, only costs time.
    gc.disable()
    from s75desk.services.first_look import FirstLook

    # The desk is looked into on a thread while Qt is loaded.
    look = FirstLook(None if options.demo else _desk_to_open(options.desk))
    from s75desk.app import run

    gc.freeze()
    gc.enable()
    return run(look, demo=options.demo)


def _desk_to_open(named: str | None) -> Path | None:
    """The desk that is named, else the one that was open last, if its file is there."""
    if named:
        return Path(named)
    from s75desk.paths import data_folder
    from s75desk.services.recent import RecentDesks

    recent = RecentDesks(data_folder()).all()
    return recent[0].path if recent and recent[0].present else None


def _window_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="s75desk",
        description="The desk of a contract compliance officer.",
        epilog=f"Other uses: s75desk {{{','.join(VERBS)}}} --help",
    )
    parser.add_argument("desk", nargs="?", metavar="DESK", help="the desk to open; the last one if none is given")
    parser.add_argument("--demo", action="store_true", help="open a throw-away desk made from five published reports")
    parser.add_argument("--self-test", action="store_true", help="try everything on a throw-away desk and say so")
    parser.add_argument("--version", action="version", version=f"s75desk {__version__}")
    return parser


def _verb_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="s75desk")
    verbs = parser.add_subparsers(dest="verb", required=True)
    new = verbs.add_parser("new", help="make a desk")
    new.add_argument("desk", metavar="DESK")
    new.add_argument("--sample", action="store_true", help="fill it from the five reports")
    brief = verbs.add_parser("brief", help="print a briefing to a file")
    _add_briefings(brief)
    export = verbs.add_parser("export", help="write a table to a file")
    export.add_argument("table", metavar="TABLE")
    export.add_argument("--desk", required=True, metavar="DESK")
    export.add_argument("-o", "--out", required=True, metavar="OUT.xlsx|OUT.csv")
    export.add_argument("--as-of", metavar="DATE", help="as it was on this day; today if none is given")
    calendar = verbs.add_parser("calendar", help="write the dates of a desk for a calendar (.ics)")
    calendar.add_argument("desk", metavar="DESK")
    calendar.add_argument("-o", "--out", required=True, metavar="OUT.ics")
    check = verbs.add_parser("check", help="integrity, history chain, arithmetic")
    check.add_argument("desk", metavar="DESK")
    check.add_argument("--json", action="store_true")
    backup = verbs.add_parser("backup", help="copy a desk safely")
    backup.add_argument("desk", metavar="DESK")
    backup.add_argument("-o", "--out", metavar="FILE")
    restore = verbs.add_parser("restore", help="bring a backup back")
    restore.add_argument("backup", metavar="BACKUP")
    restore.add_argument("-o", "--out", required=True, metavar="DESK")
    return parser


def _add_briefings(brief: ArgumentParser) -> None:
    kinds = brief.add_subparsers(dest="kind", required=True)
    agreement = kinds.add_parser("agreement", help="one agreement: a page for the board, and what is asked for besides")
    agreement.add_argument("--agreement", required=True, metavar="REF")
    agreement.add_argument("--section", action="append", metavar="KEY", help="print this section; may be given again")
    agreement.add_argument("--all", action="store_true", help="print every section, not only the page for the board")
    agreement.add_argument("--workings", action="store_true", help="print the working of every computed figure")
    sheet = kinds.add_parser("sheet", help="the feedback sheet of a quality visit")
    report = kinds.add_parser("report", help="the report of a quality visit")
    for visit in (sheet, report):
        visit.add_argument(
            "--visit", required=True, metavar="REF", help="“Fernbank House, 3 Feb 2026”, the service’s name, or the uid"
        )
        visit.add_argument("--on", metavar="DATE", help="the day of the visit, where the service has had several")
        visit.add_argument("--version", type=int, metavar="N", help="a signed version; the newest if none is given")
    report.add_argument("--workings", action="store_true", help="print how every rating was worked out")
    provider = kinds.add_parser("provider", help="the record of a provider")
    provider.add_argument("--provider", required=True, metavar="REF", help="its name or its id")
    kpi = kinds.add_parser("kpi", help="one KPI with its chart and every figure")
    kpi.add_argument("--kpi", required=True, metavar="REF", help="its title or its id")
    actions = kinds.add_parser("actions", help="the plan of every open action, overdue first")
    actions.add_argument("--by", choices=("about", "owner"), default="about", help="what they are put together by")
    for kind in (agreement, sheet, report, provider, kpi, actions):
        kind.add_argument("--desk", required=True, metavar="DESK")
        kind.add_argument("--as-of", metavar="DATE", help="print it for this day; today if none is given")
        kind.add_argument("--for", dest="audience", metavar="AUDIENCE")
        kind.add_argument("-o", "--out", required=True, metavar="OUT.pdf")


def _verb(given: Sequence[str]) -> int:
    options = _verb_parser().parse_args(given)
    from s75desk import commands
    from s75desk.domain.errors import DeskError, Rejected

    do: Callable[[Namespace], str] = getattr(commands, options.verb)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # A pipe on Windows knows fewer characters than a desk.
    try:
        print(do(options))
    except (DeskError, Rejected, NoFolder) as trouble:
        print(f"s75desk: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
