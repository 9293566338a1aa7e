"""The tree of chats: keys, menus, dragging. It says what is wanted; the controller does it."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView, QWidget

from app.models.session_groups import SessionGroup
from app.models.session_tree import KIND_ROLE, SESSION_MIME, SessionTreeModel
from app.pages.chat.export_formats import export_formats
from app.pages.chat.session_delegate import SessionDelegate
from app.theme.icons import icon
from app.theme.theme import Theme
from engine.store.records import FolderRecord, SessionRecord

_NO_ROW_STYLE = (
    "#sessionTree::item:hover, #sessionTree::item:selected { background: transparent; }"
    '#sessionTree[focusRing="true"] { border: 0; }'
)
"""The delegate paints the whole row, and the ring around the one with the keyboard."""


class SessionView(QTreeView):
    """Arrows move, Enter opens, F2 renames, Delete deletes (with undo)."""

    opened = Signal(str)
    delete_requested = Signal(str)
    pin_requested = Signal(str, bool)
    export_requested = Signal(str, str)
    duplicate_requested = Signal(str)
    folder_requested = Signal(object)
    """A new folder; the session id to put in, or None."""
    folder_delete_requested = Signal(str)
    files_dropped = Signal(list)
    folded = Signal(list)
    """Keys of the folded headings, after the user folded or unfolded one."""

    def __init__(self, model: SessionTreeModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._closed: set[str] = set()
        self._seen: set[str] = set()
        self._current_id = ""
        self._to_rename = ""
        self._drop_group: str | None = None
        self._waiting: tuple[list[SessionGroup], list[FolderRecord]] | None = None
        self.folders: list[FolderRecord] = []
        self.setModel(model)
        delegate = SessionDelegate(theme, self)
        delegate.closeEditor.connect(self._on_editor_closed)
        self.setItemDelegate(delegate)
        self._configure()
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self.viewport().update)

    def _configure(self) -> None:
        self.setAccessibleName(self.tr("Chats"))
        self.setObjectName("sessionTree")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setStyleSheet(_NO_ROW_STYLE)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)

    # state

    def current_session(self) -> SessionRecord | None:
        """The chat the keyboard is on."""
        return self._model.session_at(self.currentIndex())

    def show_session(self, session_id: str) -> None:
        """Mark a chat as the open one."""
        self._current_id = session_id
        index = self._model.index_of(session_id)
        self.viewport().update()
        if index.isValid():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def is_open(self, session_id: str) -> bool:
        """Whether this chat is the one on the page; the keyboard, or a menu, may be at another."""
        return session_id == self._current_id

    def rename_session(self, session_id: str) -> None:
        """Open the editor on a chat."""
        index = self._model.index_of(session_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def show_groups(self, groups: list[SessionGroup], folders: list[FolderRecord]) -> None:
        """Replace the content; while something is being renamed the new one waits."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = (groups, folders)
            return
        self.folders = folders
        place = self.verticalScrollBar().value()
        if self._model.set_groups(groups):
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(place)
        if self._to_rename:
            self._open_folder_editor(self._to_rename)

    def rename_folder(self, folder_id: str) -> None:
        """Open the editor on a folder's heading, as soon as it is in the list."""
        self._to_rename = folder_id
        self._open_folder_editor(folder_id)

    def _open_folder_editor(self, folder_id: str) -> None:
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            group = self._model.group_at(index)
            if group is not None and group.folder is not None and group.folder.id == folder_id:
                self._to_rename = ""
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self.edit(index)
                return

    def _on_editor_closed(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            # The view leaves its editing state when this signal has been answered.
            QTimer.singleShot(0, lambda: self.show_groups(*waiting))

    def closed_groups(self) -> list[str]:
        """Keys of the headings that are folded."""
        return sorted(self._closed)

    def set_closed_groups(self, keys: list[str]) -> None:
        """Fold these headings, as they were."""
        self._closed = set(keys)
        self._seen |= self._closed
        self._restore()

    def _restore(self) -> None:
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            group = self._model.group_at(index)
            if group is None:
                continue
            if group.key not in self._seen:
                self._seen.add(group.key)
                if group.kind == "month":
                    self._closed.add(group.key)
            self.setExpanded(index, group.key not in self._closed)
        index = self._model.index_of(self._current_id)
        if index.isValid():
            self.setCurrentIndex(index)

    # input

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        session = self._model.session_at(index)
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter ends the renaming; Qt passes it on from the field
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(index)
        elif event.key() == Qt.Key.Key_Delete and session is not None:
            self.delete_requested.emit(session.id)
        elif event.key() == Qt.Key.Key_F2 and index.isValid():
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setProperty("keyboardFocus", event.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes back to the open chat, unless only a menu or an editor has the keyboard."""
        super().focusOutEvent(event)
        editing = self.state() == QAbstractItemView.State.EditingState
        index = self._model.index_of(self._current_id)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not editing and index.isValid():
            self.setCurrentIndex(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setProperty("keyboardFocus", False)
        super().mousePressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._activate(index)

    def _activate(self, index: QModelIndex) -> None:
        session, group = self._model.session_at(index), self._model.group_at(index)
        if session is not None:
            self._current_id = session.id
            self.opened.emit(session.id)
        elif group is not None and index.data(KIND_ROLE) == "more":
            self._model.reveal_more(index.parent().row())
        elif group is not None:
            self._toggle(index, group.key)

    def _toggle(self, index: QModelIndex, key: str) -> None:
        opening = not self.isExpanded(index)
        self._closed.discard(key) if opening else self._closed.add(key)
        self.setExpanded(index, opening)
        self.folded.emit(self.closed_groups())

    # menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        place = self.visualRect(index).center() if index.isValid() else event.pos()
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.open_menu(index, self.viewport().mapToGlobal(place) if keyboard else event.globalPos())

    def open_menu(self, index: QModelIndex, place: QPoint) -> None:
        """What can be done with the row (or the list)."""
        session, group = self._model.session_at(index), self._model.group_at(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if session is not None:
            self._fill_session_menu(menu, index, session)
        elif group is not None and group.folder is not None:
            folder = group.folder
            menu.addAction(icon("pencil"), self.tr("Rename folder"), lambda: self.edit(index))
            menu.addAction(
                icon("trash-2"),
                self.tr("Delete folder (chats stay)"),
                lambda: self.folder_delete_requested.emit(folder.id),
            )
        else:
            menu.addAction(
                icon("folder-plus"), self.tr("New folder"), lambda: self.folder_requested.emit(None)
            )
        menu.popup(place)

    def _fill_session_menu(self, menu: QMenu, index: QModelIndex, session: SessionRecord) -> None:
        pinned = session.pinned
        menu.addAction(icon("pencil"), self.tr("Rename"), lambda: self.edit(index))
        menu.addAction(
            icon("pin-off" if pinned else "pin"),
            self.tr("Unpin") if pinned else self.tr("Pin"),
            lambda: self.pin_requested.emit(session.id, not pinned),
        )
        self._fill_folder_menu(menu.addMenu(icon("folder-input"), self.tr("Move to")), session)
        menu.addAction(icon("copy"), self.tr("Duplicate"), lambda: self.duplicate_requested.emit(session.id))
        menu.addSeparator()
        export = menu.addMenu(icon("share"), self.tr("Export"))
        for kind, text in export_formats():
            export.addAction(text, partial(self.export_requested.emit, session.id, kind))
        menu.addSeparator()
        menu.addAction(icon("trash-2"), self.tr("Delete"), lambda: self.delete_requested.emit(session.id))

    def _fill_folder_menu(self, menu: QMenu, session: SessionRecord) -> None:
        for folder in self.folders:
            action = QAction(icon("folder"), folder.name, menu)
            action.triggered.connect(partial(self._move, session.id, folder.id))
            action.setEnabled(folder.id != session.folder_id)
            menu.addAction(action)
        if self.folders:
            menu.addSeparator()
        if session.folder_id:
            menu.addAction(self.tr("No folder"), partial(self._move, session.id, None))
        menu.addAction(
            icon("folder-plus"), self.tr("New folder…"), lambda: self.folder_requested.emit(session.id)
        )

    def _move(self, session_id: str, folder_id: str | None, *_checked: bool) -> None:
        self._model.move_requested.emit(session_id, folder_id)

    # files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            return
        super().dragMoveEvent(event)  # scrolls near the edges; Qt takes drops only between rows
        self._mark_drop(self._drop_heading(event))
        if self._drop_group is not None:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(QModelIndex())
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.files_dropped.emit(urls)
            return
        heading = self._drop_heading(event)
        self._mark_drop(QModelIndex())
        if heading.isValid():
            self._model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, -1, heading)
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the store moves the chat; the view removes nothing
        event.accept()
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def is_drop_target(self, key: str) -> bool:
        """Whether a chat that is being dragged would go under this heading."""
        return key == self._drop_group

    def _drop_heading(self, event: QDropEvent) -> QModelIndex:
        """The heading a chat dropped here goes to: the one under the pointer, or that of the row there."""
        index = self.indexAt(event.position().toPoint())
        heading = index.parent() if index.parent().isValid() else index
        return heading if event.mimeData().hasFormat(SESSION_MIME) else QModelIndex()

    def _mark_drop(self, heading: QModelIndex) -> None:
        group = self._model.group_at(heading)
        key = group.key if group is not None else None
        if key != self._drop_group:
            self._drop_group = key
            self.viewport().update()
