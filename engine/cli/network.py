"""`lathe network`: every connection that the program has made, and why."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import note, write_json, write_line
from engine.network.ledger import Entry, Ledger, Purpose, to_csv
from engine.network.offline import is_offline

_PURPOSES: dict[Purpose, str] = {
    "endpoint": "a chat with an endpoint",
    "hub_search": "a search for models",
    "hub_files": "what a repository offers",
    "hub_download": "a download",
    "addon": "an add-on",
    "update": "a look for a newer release",
}


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = (
        "Lists the connections that Lathe made to other machines, newest first. The list is a file on this "
        "machine. LATHE_OFFLINE=1 lets Lathe make none."
    )
    parser.add_argument("--csv", action="store_true", help="print it as a table for other programs")
    parser.add_argument("--clear", action="store_true", help="empty the list")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `OSError`."""
    ledger = Ledger(home)
    if args.clear:
        ledger.clear()
        note("The list is empty now.")
        return 0
    entries = ledger.read()
    if args.csv:
        write_line(to_csv(entries).rstrip("\r\n"))
    elif args.json:
        for entry in entries:
            write_json(_fields(entry))
    elif entries:
        rows = [_row(entry) for entry in entries]
        tables.print_table(("WHEN", "HOST", "WHY", "RECEIVED"), rows, right=(3,))
    else:
        note("Lathe has made no connections.")
    if is_offline(home):
        note("Lathe works offline: it makes no connections to other machines.")
    return 0


def _row(entry: Entry) -> tuple[str, str, str, str]:
    why = _PURPOSES[entry.purpose] + (f" of {entry.subject}" if entry.subject else "")
    received = tables.size(entry.received) if entry.received >= 0 else "no answer"
    return tables.local_time(entry.ms), entry.host, why, received


def _fields(entry: Entry) -> dict[str, object]:
    return {
        "ms": entry.ms,
        "host": entry.host,
        "purpose": entry.purpose,
        "subject": entry.subject,
        "status": entry.status,
        "received": entry.received if entry.received >= 0 else None,
    }
