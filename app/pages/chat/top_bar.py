"""The bar above the conversation: title, turns, model, export, regions."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QStackedLayout, QWidget

from app.commands.binding import bind
from app.commands.registry import CommandRegistry
from app.pages.chat.export_formats import export_formats
from app.pages.chat.model_pill import ModelPill
from app.theme.focus import has_keyboard_focus
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.icon_button import IconButton
from app.widgets.painting import SEMIBOLD, focus_ring, text_font
from app.widgets.text_label import TextLabel

_REGIONS = (("view.bottom", "panel-bottom"), ("view.inspector", "panel-right"))


class EditableTitle(QWidget):
    """A heading that turns into a field on a double click, F2 or Enter. Escape keeps the old text."""

    renamed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, elide=True)
        self._field = QLineEdit(self)
        self._field.setMaxLength(200)
        self._field.setAccessibleName(self.tr("Title of the chat"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._label)
        self._stack.addWidget(self._field)
        self._field.editingFinished.connect(self._finish)
        self._field.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe_as(self, QAccessible.Role.Heading)
        self.setAccessibleName(self.tr("Title of the chat"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(30)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_title(self, title: str) -> None:
        self._label.set_text(title)
        self.setAccessibleDescription(title)
        self.setToolTip(self.tr("{title} — double-click to rename").format(title=title))
        self.updateGeometry()

    def begin_edit(self) -> None:
        """Put the field in the place of the heading."""
        self._field.setText(self._label.full_text())
        self._field.selectAll()
        self._stack.setCurrentWidget(self._field)
        self.updateGeometry()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        font = text_font(self._theme.tokens, "l", SEMIBOLD)
        width = QFontMetrics(font).horizontalAdvance(self._label.full_text()) + 6
        editing = self._stack.currentWidget() is self._field
        return QSize(max(width + 30, 260) if editing else width, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 30)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.begin_edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.begin_edit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._label.set_role("accent_text")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._label.set_role("fg")

    def paintEvent(self, event: QPaintEvent) -> None:
        if has_keyboard_focus(self):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens = self._theme.tokens
            focus_ring(painter, QRectF(self.rect()), tokens.radius_control, tokens)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.set_text(self._label.full_text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress or event.key() != Qt.Key.Key_Escape:
            return False
        self._field.setText(self._label.full_text())
        self._finish()
        return True

    def _finish(self) -> None:
        if self._stack.currentWidget() is not self._field:
            return
        text = self._field.text().strip()
        self._stack.setCurrentWidget(self._label)
        if text and text != self._label.full_text():
            self.set_title(text)
            self.renamed.emit(text)
        self.updateGeometry()

    def _restyle(self) -> None:
        self._field.setFont(text_font(self._theme.tokens, "l", SEMIBOLD))
        self.updateGeometry()


class ChatTopBar(QWidget):
    """Says what is wanted; the page does it."""

    renamed = Signal(str)
    export_requested = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, theme: Theme, registry: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = EditableTitle(theme, self)
        self.turns = TextLabel("", theme, role="fg3", size="s", tabular=True)
        self.pill = ModelPill(theme, self)
        self.navigator_button = IconButton("panel-left-open", self.tr("Show the list of chats"), theme)
        self._follow_navigator(registry)
        self.export_button = IconButton("share", self.tr("Export this chat"), theme)
        self.export_button.clicked.connect(self.open_export_menu)
        self.title.renamed.connect(self.renamed)
        self.setProperty("surface", "topbar")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.tokens.top_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self.navigator_button)
        row.addWidget(self.title)
        row.addSpacing(2)
        row.addWidget(self.turns)
        row.addStretch(1)
        row.addWidget(self.pill)
        row.addSpacing(6)
        row.addWidget(self.export_button)
        for command, icon_name in _REGIONS:
            if command in registry:
                button = IconButton(icon_name, registry.title(command), theme, checkable=True)
                bind(button, registry.action(command))
                row.addWidget(button)

    def _follow_navigator(self, registry: CommandRegistry) -> None:
        """The button is there while the list of chats is not."""
        self.navigator_button.hide()
        if "view.navigator" not in registry:
            return
        action = registry.action("view.navigator")
        self.navigator_button.clicked.connect(action.trigger)

        def follow() -> None:
            self.navigator_button.setVisible(not action.isChecked())

        action.changed.connect(follow)
        follow()

    def set_heading(self, title: str, turns: int) -> None:
        """The chat's title and how many turns it has."""
        self.title.set_title(title)
        self.turns.set_text(self.tr("%Ln turn(s)", "", turns) if turns else "")

    def open_export_menu(self) -> None:
        """Formats to save, and two to copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text in export_formats():
            menu.addAction(icon("download"), text, partial(self.export_requested.emit, kind))
        menu.addSeparator()
        copied = self.copy_requested.emit
        menu.addAction(icon("copy"), self.tr("Copy as Markdown"), partial(copied, "markdown"))
        menu.addAction(icon("copy"), self.tr("Copy as JSON"), partial(copied, "json"))
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))
