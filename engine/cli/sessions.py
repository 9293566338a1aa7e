"""`lathe sessions`: chats as they are in the database."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import tables
from engine.cli.files import read_stdin, read_text
from engine.cli.parser import LineParser, actions, add_common
from engine.cli.runtime import find_session, opened_store
from engine.cli.terminal import note, tell, write, write_json, write_line
from engine.messages import AttachmentPart, ThinkingPart
from engine.store.records import MessageRecord, SearchHit, SessionRecord

if TYPE_CHECKING:
    from engine.store.database import Store

FORMATS = ("json", "markdown", "messages", "sharegpt")


def fill(parser: LineParser) -> None:
    """Options and subcommands."""
    add_common(parser)
    commands = actions(parser, "action")
    listed = commands.add_parser("list", help="all chats, pinned ones and the latest first")
    shown = commands.add_parser("show", help="the messages of a chat")
    shown.add_argument("session", metavar="ID", help="an id, its beginning or end, or “last”")
    shown.add_argument("--tree", action="store_true", help="all versions, not only the ones in use")
    found = commands.add_parser("search", help="messages that contain every word")
    found.add_argument("text", metavar="TEXT", nargs="+")
    found.add_argument("--limit", metavar="N", type=int, default=50, help="at most this many (default 50)")
    exported = commands.add_parser("export", help="write a chat to stdout or a file")
    exported.add_argument("session", metavar="ID")
    exported.add_argument(
        "--format",
        choices=FORMATS,
        default="json",
        help="json: everything, to import again; markdown; messages or sharegpt: a row for training",
    )
    exported.add_argument("--out", metavar="FILE", type=Path, help="instead of stdout")
    imported = commands.add_parser("import", help="read chats from a file")
    imported.add_argument("file", metavar="FILE", help="a JSON export, or JSONL; - for stdin")
    for command in (listed, shown, found, exported, imported):
        add_common(command)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`."""
    with opened_store(home) as store:
        match args.action:
            case "show":
                _show(store, args.session, whole=args.tree, json_lines=args.json)
            case "search":
                _search(store, " ".join(args.text), args.limit, json_lines=args.json)
            case "export":
                _export(store, args)
            case "import":
                _import(store, args.file, json_lines=args.json)
            case _:
                _print(store.sessions.list(), json_lines=args.json)
    return 0


def _print(sessions: list[SessionRecord], *, json_lines: bool) -> None:
    if json_lines:
        for session in sessions:
            write_json(_fields(session))
    elif sessions:
        rows = [
            (one.id, tables.local_time(one.updated_ms), str(one.message_count), _title(one))
            for one in sessions
        ]
        tables.print_table(("SESSION", "UPDATED", "MESSAGES", "TITLE"), rows, right=(2,))
    else:
        note("There are no chats yet.")


def _show(store: "Store", name: str, *, whole: bool, json_lines: bool) -> None:
    session = find_session(store, name)
    messages = store.messages.tree(session.id) if whole else store.messages.path(session.id)
    if not json_lines:
        write_line(_title(session), style="bold")
        system = session.settings.prompt.system
        if system:
            write_line("\nsystem", style="dim")
            write_line(system)
    for message in messages:
        if json_lines:
            write_json(_message_fields(store, message))
        else:
            _print_message(message)


def _print_message(message: MessageRecord) -> None:
    head = [
        message.message.role if message.message.role != "assistant" else message.model_name or "assistant"
    ]
    if len(message.version_ids) > 1:
        head.append(f"{message.version}/{len(message.version_ids)}")
    if message.metrics is not None:
        metrics = message.metrics
        head.append(tables.figures(metrics.output_tps, metrics.ttft_ms, metrics.output_tokens))
    if message.status != "done":
        head.append(message.status)
    write_line()
    write_line(" · ".join(head), style="dim")
    for part in message.message.parts:
        if isinstance(part, AttachmentPart):
            write_line(f"[{part.name}]", style="dim")
        elif isinstance(part, ThinkingPart):
            write_line(part.text.strip(), style="dim")
    write_line(message.message.text().strip())
    if message.error:
        write_line(message.error, style="dim")


def _message_fields(store: "Store", message: MessageRecord) -> dict[str, object]:
    metrics = message.metrics
    reply = store.messages.reply(message.id) if message.message.role == "assistant" else None
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.message.role,
        "text": message.message.text(),
        "thinking": "".join(part.text for part in message.message.parts if isinstance(part, ThinkingPart)),
        "attachments": [part.name for part in message.message.parts if isinstance(part, AttachmentPart)],
        "model": message.model_name,
        "status": message.status,
        "finish_reason": message.finish_reason,
        "metrics": metrics,
        "seed": reply.provenance.seed if reply else None,
        "version": message.version,
        "versions": len(message.version_ids),
        "created": tables.iso_time(message.created_ms),
        "error": message.error,
    }


def _search(store: "Store", text: str, limit: int, *, json_lines: bool) -> None:
    hits = store.search.find(text, limit=limit)
    sessions: dict[str, SessionRecord] = {}
    for hit in hits:
        session = sessions.setdefault(hit.session_id, store.sessions.get(hit.session_id))
        if json_lines:
            write_json(_fields(session) | _hit_fields(hit))
        else:
            write_line(
                f"{hit.session_id}  {tables.local_time(hit.created_ms)}  {_title(session)}", style="dim"
            )
            write_line(f"  {hit.role}: {hit.snippet}")
    if not hits and not json_lines:
        note("No message contains that.")


def _hit_fields(hit: SearchHit) -> dict[str, object]:
    return {
        "message": hit.message_id,
        "role": hit.role,
        "snippet": hit.snippet,
        "ranges": hit.ranges,
        "created": tables.iso_time(hit.created_ms),
    }


def _export(store: "Store", args: argparse.Namespace) -> None:
    from engine.store.transfer.exporting import export_file, export_pieces  # noqa: PLC0415

    session = find_session(store, args.session)
    if args.out is None:
        for piece in export_pieces(store, session.id, args.format):
            write(piece)
        return
    export_file(store, session.id, args.format, args.out)
    if args.json:
        write_json(_fields(session) | {"path": str(args.out), "format": args.format})
    else:
        tell(f"Wrote {args.out}")


def _import(store: "Store", name: str, *, json_lines: bool) -> None:
    from engine.store.transfer.importing import import_text  # noqa: PLC0415

    text = read_stdin() if name == "-" else read_text(Path(name))
    ids = import_text(store, text, "The standard input" if name == "-" else Path(name).name)
    _print([store.sessions.get(one) for one in ids], json_lines=json_lines)


def _title(session: SessionRecord) -> str:
    return session.title or "Untitled"


def _fields(session: SessionRecord) -> dict[str, object]:
    return {
        "session": session.id,
        "title": session.title,
        "updated": tables.iso_time(session.updated_ms),
        "messages": session.message_count,
    }
