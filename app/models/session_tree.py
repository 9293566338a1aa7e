"""The chat list as an item model: headings (pinned, folders, days) over chats."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QDate,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTime,
    Signal,
)

from app.models.session_groups import GroupKind, SessionGroup, local_now, local_time
from app.models.transcript_rows import short_model_name
from engine.store.records import SessionRecord

SESSION_MIME = "application/x-lathe-session"
FIRST_ROWS = 300
"""Chats a heading shows before “Show more”: keeps the layout of thousands within a frame."""

KIND_ROLE = Qt.ItemDataRole.UserRole
"""“group”, “session” or “more”."""
RECORD_ROLE = Qt.ItemDataRole.UserRole + 1
LIVE_ROLE = Qt.ItemDataRole.UserRole + 2
SUBTITLE_ROLE = Qt.ItemDataRole.UserRole + 3
TIME_ROLE = Qt.ItemDataRole.UserRole + 4
GROUP_ROLE = Qt.ItemDataRole.UserRole + 5

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = 0


class SessionTreeModel(QAbstractItemModel):
    """Two levels. The internal id of an index is 0 for a heading, else the heading's row plus one."""

    rename_requested = Signal(str, str)
    folder_rename_requested = Signal(str, str)
    move_requested = Signal(str, object)
    """Session id, folder id or None."""
    pin_requested = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[SessionGroup] = []
        self._limits: dict[str, int] = {}
        self._without_more = ""
        self._live: frozenset[str] = frozenset()
        self._locale = QLocale()

    # content

    def set_groups(self, groups: Sequence[SessionGroup]) -> bool:
        """Show these. Rows keep their identity where only their content changed; True after a reset."""
        groups = list(groups)
        if _shape(groups) == _shape(self._groups):
            self._update_rows(groups)
            return False
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()
        return True

    def set_live(self, sessions: frozenset[str]) -> None:
        """The chats whose reply is being written."""
        changed = self._live ^ sessions
        self._live = sessions
        for session in changed:
            index = self.index_of(session)
            if index.isValid():
                self.dataChanged.emit(index, index, [LIVE_ROLE])

    def reveal_more(self, group: int) -> None:
        """Show the next stretch of a long heading."""
        parent = self.index(group, 0)
        key = self._groups[group].key
        total, shown = len(self._groups[group].sessions), self._limit(self._groups[group].key)
        limit = min(total, shown + FIRST_ROWS)
        self.beginRemoveRows(parent, shown, shown)
        self._without_more = key
        self.endRemoveRows()
        self.beginInsertRows(parent, shown, limit if limit < total else limit - 1)
        self._limits[key] = limit
        self._without_more = ""
        self.endInsertRows()

    def refresh_times(self) -> None:
        """“now” and the like grow old."""
        for row, group in enumerate(self._groups):
            parent = self.index(row, 0)
            shown = min(len(group.sessions), self._limit(group.key))
            if shown:
                self.dataChanged.emit(self.index(0, 0, parent), self.index(shown - 1, 0, parent), [TIME_ROLE])

    def index_of(self, session_id: str) -> QModelIndex:
        """Where a chat stands; invalid when it is not shown."""
        for row, group in enumerate(self._groups):
            for position, session in enumerate(group.sessions):
                if session.id == session_id:
                    if position >= self._limit(group.key):
                        return QModelIndex()
                    return self.index(position, 0, self.index(row, 0))
        return QModelIndex()

    def session_at(self, index: Index) -> SessionRecord | None:
        """The chat of an index, None for headings."""
        if not index.isValid() or index.internalId() == _NO_PARENT:
            return None
        group = self._groups[index.internalId() - 1]
        limit = self._limit(group.key)
        return group.sessions[index.row()] if index.row() < min(limit, len(group.sessions)) else None

    def group_at(self, index: Index) -> SessionGroup | None:
        """The heading of an index: itself, or the one above a chat."""
        if not index.isValid():
            return None
        row = index.internalId() - 1 if index.internalId() != _NO_PARENT else index.row()
        return self._groups[row]

    def sessions_in_order(self) -> list[SessionRecord]:
        """Every chat as the eye meets them, hidden ones included."""
        return [session for group in self._groups for session in group.sessions]

    # QAbstractItemModel

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _NO_PARENT)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _NO_PARENT:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _NO_PARENT)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _NO_PARENT:
            return 0
        group = self._groups[parent.row()]
        total, limit = len(group.sessions), self._limit(group.key)
        if total <= limit or group.key == self._without_more:
            return min(total, limit)
        return limit + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        group = self.group_at(index)
        if group is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        if self.session_at(index) is not None:
            return flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        if group.folder is not None and index.internalId() == _NO_PARENT:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group = self.group_at(index)
        if group is None:
            return None
        session = self.session_at(index)
        if session is not None:
            return self._session_data(session, role)
        if index.internalId() != _NO_PARENT:
            return self._more_data(group, role)
        return self._group_data(group, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = str(value).strip()
        session, group = self.session_at(index), self.group_at(index)
        if role != Qt.ItemDataRole.EditRole or not text or group is None:
            return False
        if session is not None:
            self.rename_requested.emit(session.id, text)
        elif group.folder is not None:
            self.folder_rename_requested.emit(group.folder.id, text)
        return True

    def mimeTypes(self) -> list[str]:
        return [SESSION_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [session.id for index in indexes if (session := self.session_at(index))]
        data.setData(SESSION_MIME, QByteArray("\n".join(ids).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """A chat dropped on a folder goes in; dropped under a day it leaves its folder, under “Pinned” it is
        pinned. A pinned one that is dropped elsewhere is pinned no more.

        Answers False: the store moves the chat, and the view must not remove the row by itself.
        """
        group = self.group_at(parent)
        if group is None or not data.hasFormat(SESSION_MIME):
            return False
        pin, folder_id = group.kind == "pinned", group.folder.id if group.folder else None
        for session_id in bytes(data.data(SESSION_MIME).data()).decode().split("\n"):
            session = self.session_at(self.index_of(session_id))
            if session is None or session.pinned != pin:
                self.pin_requested.emit(session_id, pin)
            if not pin:
                self.move_requested.emit(session_id, folder_id)
        return False

    # texts

    def _session_data(self, session: SessionRecord, role: int) -> object:  # noqa: PLR0911 - one return a role
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self.title_of(session)
        if role == KIND_ROLE:
            return "session"
        if role == RECORD_ROLE:
            return session
        if role == LIVE_ROLE:
            return session.id in self._live
        if role == SUBTITLE_ROLE:
            return self._subtitle(session)
        if role == TIME_ROLE:
            return self._time(session.updated_ms)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(session)
        return None

    def _group_data(self, group: SessionGroup, role: int) -> object:
        if role == KIND_ROLE:
            return "group"
        if role == GROUP_ROLE:
            return group
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._heading(group)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("%Ln chat(s) under {heading}", "", len(group.sessions)).format(
                heading=self._heading(group)
            )
        return None

    def _more_data(self, group: SessionGroup, role: int) -> object:
        if role == KIND_ROLE:
            return "more"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("Show %Ln more", "", len(group.sessions) - self._limit(group.key))
        return None

    def title_of(self, session: SessionRecord) -> str:
        """The title, or what stands for an untitled chat."""
        return session.title or self.tr("New chat")

    def _heading(self, group: SessionGroup) -> str:
        if group.folder is not None:
            return group.folder.name
        if group.month is not None:
            return self._locale.toString(_qdate(group.month), "MMMM yyyy")
        names: dict[GroupKind, str] = {
            "pinned": self.tr("Pinned"),
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            "week": self.tr("Previous 7 days"),
            "thirty_days": self.tr("Previous 30 days"),
        }
        return names[group.kind]

    def _subtitle(self, session: SessionRecord) -> str:
        if not session.message_count:
            return self.tr("Empty")
        if not session.token_count:
            if session.model_name:
                return list_model_name(session.model_name)
            return self.tr("%Ln message(s)", "", session.message_count)  # imported without a model
        tokens = self.tr("{count} tok").format(count=self._locale.toString(session.token_count))
        return f"{list_model_name(session.model_name)} · {tokens}" if session.model_name else tokens

    def _time(self, updated_ms: int) -> str:
        moment, now = local_time(updated_ms), local_now()
        if (now - moment).total_seconds() < 60:
            return self.tr("now")
        days = (now.date() - moment.date()).days
        if days <= 0:
            return self._locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        if days < 7:
            return self._locale.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
        return self._short_date(moment.date(), now.date())

    def _short_date(self, day: date, today: date) -> str:
        if day.year == today.year:
            return self._locale.toString(_qdate(day), self.tr("MM/dd", "short date without year"))
        return self._locale.toString(_qdate(day), self.tr("MM/yyyy", "month and year"))

    def _spoken(self, session: SessionRecord) -> str:
        parts = [self.title_of(session), self._subtitle(session), self._time(session.updated_ms)]
        if session.pinned:
            parts.append(self.tr("pinned"))
        if session.id in self._live:
            parts.append(self.tr("a reply is being written"))
        return ", ".join(parts)

    # change

    def _limit(self, key: str) -> int:
        return self._limits.get(key, FIRST_ROWS)

    def _update_rows(self, groups: list[SessionGroup]) -> None:
        before, self._groups = self._groups, groups
        for row, (old, new) in enumerate(zip(before, groups, strict=True)):
            heading = self.index(row, 0)
            if old.folder != new.folder:
                self.dataChanged.emit(heading, heading)
            for position, (was, now) in enumerate(zip(old.sessions, new.sessions, strict=True)):
                if was != now and position < self._limit(new.key):
                    index = self.index(position, 0, heading)
                    self.dataChanged.emit(index, index)


def list_model_name(name: str) -> str:
    """A model's name for a narrow row: without quantization, file ending and the usual last words."""
    short = short_model_name(name)
    for ending in ("-Instruct", "-instruct", "-Chat", "-chat", "-it"):
        short = short.removesuffix(ending)
    return short


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _shape(groups: Sequence[SessionGroup]) -> list[tuple[str, tuple[str, ...]]]:
    return [(group.key, tuple(session.id for session in group.sessions)) for group in groups]
