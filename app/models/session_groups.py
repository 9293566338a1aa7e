"""Which heading of the chat list a session stands under. Pure; the words come from the item model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from engine.store.records import FolderRecord, SessionRecord

GroupKind = Literal["pinned", "folder", "today", "yesterday", "week", "thirty_days", "month"]


@dataclass(frozen=True)
class SessionGroup:
    """One heading and what stands under it, newest first.

    `key` is stable from refresh to refresh: the kind, "folder:<id>" or "month:<year>-<month>".
    """

    key: str
    kind: GroupKind
    sessions: tuple[SessionRecord, ...]
    folder: FolderRecord | None = None
    month: date | None = None


def group_sessions(
    sessions: Iterable[SessionRecord], folders: Sequence[FolderRecord], today: date
) -> list[SessionGroup]:
    """Pinned chats, then folders in their order (empty ones too), then the rest by day of the last change."""
    pinned: list[SessionRecord] = []
    filed: dict[str, list[SessionRecord]] = {folder.id: [] for folder in folders}
    dated: dict[tuple[GroupKind, date | None], list[SessionRecord]] = {}
    for session in sorted(sessions, key=lambda item: item.updated_ms, reverse=True):
        if session.pinned:
            pinned.append(session)
        elif session.folder_id in filed:
            filed[session.folder_id].append(session)
        else:
            day = local_time(session.updated_ms).date()
            dated.setdefault(_day_group(day, today), []).append(session)
    groups = [SessionGroup("pinned", "pinned", tuple(pinned))] if pinned else []
    groups += [
        SessionGroup(f"folder:{folder.id}", "folder", tuple(filed[folder.id]), folder=folder)
        for folder in sorted(folders, key=lambda item: item.position)
    ]
    groups += [
        SessionGroup(f"month:{month:%Y-%m}" if month else kind, kind, tuple(items), month=month)
        for (kind, month), items in dated.items()
    ]
    return groups


def local_time(milliseconds: int) -> datetime:
    """A time of the database on this computer's clock."""
    return datetime.fromtimestamp(milliseconds / 1000).astimezone()


def local_now() -> datetime:
    """Now, on this computer's clock."""
    return datetime.now().astimezone()


def _day_group(day: date, today: date) -> tuple[GroupKind, date | None]:
    if day >= today:
        return "today", None
    if day == today - timedelta(days=1):
        return "yesterday", None
    if day >= today - timedelta(days=7):
        return "week", None
    if day >= today - timedelta(days=30):
        return "thirty_days", None
    return "month", day.replace(day=1)


def existing_session(sessions: list[SessionRecord], wanted: str) -> str:
    """The wanted chat if it is there, else the one used last, else ""."""
    if any(session.id == wanted for session in sessions):
        return wanted
    newest = max(sessions, key=lambda session: session.updated_ms, default=None)
    return newest.id if newest else ""
