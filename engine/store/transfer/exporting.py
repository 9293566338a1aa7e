"""Writing a chat as text, in the format asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from engine.errors import UserError
from engine.store.codec import spelled_out, to_full_json
from engine.store.database import Store
from engine.store.transfer.document import (
    FORMAT,
    VERSION,
    MessageDocument,
    message_document,
    session_document,
)
from engine.store.transfer.markdown import markdown_pieces
from engine.store.transfer.rows import messages_row, sharegpt_row

ExportFormat = Literal["json", "markdown", "messages", "sharegpt"]
SUFFIXES: dict[ExportFormat, str] = {
    "json": ".json",
    "markdown": ".md",
    "messages": ".jsonl",
    "sharegpt": ".jsonl",
}


def export_session(store: Store, session_id: str, format: ExportFormat) -> str:  # noqa: A002 - as on the command line
    """The whole chat as JSON, or its active path in the other formats. Raises `UserError` session.unknown."""
    with store.reading():
        return "".join(export_pieces(store, session_id, format))


def export_file(store: Store, session_id: str, format: ExportFormat, target: Path) -> None:  # noqa: A002
    """Write piece by piece, under a temporary name until it is complete.

    Raises `UserError` session.unknown and store.unwritable; `target` is then as it was.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        with store.reading(), partial.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(export_pieces(store, session_id, format))
        partial.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("store.unwritable", path=target, reason=reason) from error
    finally:
        partial.unlink(missing_ok=True)


def export_pieces(store: Store, session_id: str, format: ExportFormat) -> Iterator[str]:  # noqa: A002
    """The text in pieces, so that a long chat is never in memory twice."""
    session = store.sessions.get(session_id)
    if format == "json":
        yield from _json_pieces(store, session_id)
    elif format == "markdown":
        yield from markdown_pieces(session, store.messages.path(session_id))
    elif format == "messages":
        yield messages_row(session, store.messages.path(session_id))
    else:
        yield sharegpt_row(session, store.messages.path(session_id))


def _json_pieces(store: Store, session_id: str) -> Iterator[str]:
    """One message a line: such files can be compared, and an error has a line number."""
    session = to_full_json(session_document(store.sessions.get(session_id)))
    yield f'{{"format":"{FORMAT}","version":{VERSION},\n"session":{session},\n"messages":['
    turns = store.messages.activity(session_id)
    separator = "\n"
    for record in store.messages.tree(session_id):
        document = message_document(store, record, turns.get(record.id, 0))
        yield separator + _line(document)
        separator = ",\n"
    yield "\n]}\n"


def _line(document: MessageDocument) -> str:
    data = msgspec.to_builtins(document)
    if document.reply is not None:
        data["reply"]["provenance"] = spelled_out(document.reply.provenance)
    return msgspec.json.encode(data).decode()
