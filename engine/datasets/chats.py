"""Chats from the database as rows: conversations, preferences among versions of a reply, rated replies."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from engine.errors import UserError
from engine.messages import Message
from engine.output import writing
from engine.store.database import Store
from engine.store.records import MessageRecord, SessionRecord
from engine.store.transfer.rows import message_entry

ChatRows = Literal["messages", "preference", "kto"]


def write_chats(store: Store, session_ids: Sequence[str], kind: ChatRows, target: Path) -> int:
    """Write the chats as JSONL. How many rows it has.

    `messages`: one row a chat, its active path up to the last reply before one with a thumb down.
    `preference`: one row for each reply with a better version; thumbs up beats the version the chat goes on
    with, which beats all others, thumbs down loses to all. `kto`: one row for each reply with a thumb.
    Raises `UserError` data.no_chats, session.unknown, output.*.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with writing(target) as part, part.open("wb") as file:
        for session_id in session_ids:
            session = store.sessions.get(session_id)
            with store.reading():
                for row in _ROWS[kind](store, session):
                    file.write(msgspec.json.encode({"title": session.title, **row}) + b"\n")
                    count += 1
        if not count:
            raise UserError("data.no_chats")
    return count


def _conversations(store: Store, session: SessionRecord) -> Iterator[dict[str, Any]]:
    kept: list[MessageRecord] = []
    for record in store.messages.path(session.id):
        if record.rating < 0:
            break
        if _is_written(record):
            kept.append(record)
    while kept and kept[-1].message.role != "assistant":
        kept.pop()
    if kept:
        yield {"messages": _entries(session, kept)}


def _preferences(store: Store, session: SessionRecord) -> Iterator[dict[str, Any]]:
    tree = {record.id: record for record in store.messages.tree(session.id)}
    path = [record.id for record in store.messages.path(session.id)]
    for versions in _replies_with_versions(tree):
        known = [tree[one] for one in versions if one in tree and _is_written(tree[one])]
        ranked = sorted(known, key=lambda record: _rank(record, path), reverse=True)
        best = ranked[0] if ranked else None
        if best is None or best.rating < 0:
            continue
        prompt = _entries(session, _above(tree, best))
        for worse in ranked[1:]:
            if _rank(worse, path) < _rank(best, path) and worse.message != best.message:
                yield {
                    "prompt": prompt,
                    "chosen": [message_entry(best.message)],
                    "rejected": [message_entry(worse.message)],
                }


def _judged(store: Store, session: SessionRecord) -> Iterator[dict[str, Any]]:
    tree = {record.id: record for record in store.messages.tree(session.id)}
    for record in tree.values():
        if record.rating and record.message.role == "assistant" and _is_written(record):
            yield {
                "prompt": _entries(session, _above(tree, record)),
                "completion": [message_entry(record.message)],
                "label": record.rating > 0,
            }


_ROWS = {"messages": _conversations, "preference": _preferences, "kto": _judged}


def _replies_with_versions(tree: dict[str, MessageRecord]) -> list[tuple[str, ...]]:
    """Ids of versions that answer the same message, each group once."""
    groups = {
        record.version_ids: None
        for record in tree.values()
        if record.message.role == "assistant" and len(record.version_ids) > 1
    }
    return list(groups)


def _rank(record: MessageRecord, path: list[str]) -> tuple[int, bool]:
    return record.rating, record.id in path


def _above(tree: dict[str, MessageRecord], record: MessageRecord) -> list[MessageRecord]:
    """What a reply answers, from the beginning of the chat."""
    above: list[MessageRecord] = []
    parent = record.parent_id
    while parent is not None and parent in tree:
        above.append(tree[parent])
        parent = tree[parent].parent_id
    return [one for one in reversed(above) if _is_written(one)]


def _entries(session: SessionRecord, records: Sequence[MessageRecord]) -> list[dict[str, str]]:
    """As `messages` entries, the system prompt of the chat first."""
    system = session.settings.prompt.system
    first = [message_entry(Message.of("system", system))] if system else []
    return [*first, *(message_entry(record.message) for record in records)]


def _is_written(record: MessageRecord) -> bool:
    """Whether there is a finished text to learn from."""
    whole = record.message.role != "assistant" or record.status == "done"
    return whole and bool(record.message.prompt_text().strip())
