"""The help page: topics left, their texts and the keys of every command in the centre."""

import re
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import CommandRegistry
from app.pages.help.content import CONTEXT, TOPICS, Topic
from app.theme.theme import Theme
from app.window import page_titles
from app.window.navigator_list import NavigatorList
from app.window.top_bar import TopBar

COLUMN = 680


class HelpPage(QObject):
    """A `Page`."""

    icon_name = "circle-help"

    def __init__(self, registry: CommandRegistry, theme: Theme) -> None:
        super().__init__()
        self._registry = registry
        self._theme = theme
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._heads: list[QWidget] = []
        self._list = NavigatorList()
        self._list.setAccessibleName(self.tr("Topics"))
        self._list.itemClicked.connect(lambda _item: self._go())
        self._list.itemActivated.connect(lambda _item: self._go())
        self._navigator = self._frame_list()
        self._centre = self._frame_scroll()
        self._write()
        registry.shortcuts_changed.connect(self._write)

    @property
    def title(self) -> str:
        return page_titles.help_page()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    def _frame_list(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._list)
        panel.setFocusProxy(self._list)
        return panel

    def _frame_scroll(self) -> QWidget:
        page = QWidget()
        self._bar = TopBar(self._theme)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._scroll, 1)
        return page

    def _write(self) -> None:
        """All texts in the language and with the keys of now."""
        self._bar.set_heading(page_titles.help_page())
        content = _Retranslated(self._write)
        content.setMaximumWidth(COLUMN + 48)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(24, 24, 24, 48)
        rows.setSpacing(10)
        self._heads = []
        self._list.clear()
        for topic in TOPICS:
            self._topic(rows, topic)
        self._heading(rows, self.tr("Keys"))
        rows.addLayout(self._keys())
        rows.addStretch(1)
        self._scroll.setWidget(content)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._list.setCurrentRow(0)

    def _topic(self, rows: QVBoxLayout, topic: Topic) -> None:
        self._heading(rows, _told(topic.title))
        for paragraph in topic.paragraphs:
            label = QLabel(to_html(_told(paragraph)))
            label.setProperty("role", "prose")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addWidget(label)

    def _heading(self, rows: QVBoxLayout, text: str) -> None:
        if self._heads:
            rows.addSpacing(18)
        label = QLabel(text)
        label.setProperty("role", "heading")
        rows.addWidget(label)
        self._heads.append(label)
        self._list.add(text)

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (keys, title) in enumerate(self.key_rows()):
            cap, name = QLabel(keys), QLabel(title)
            cap.setProperty("role", "key")
            name.setProperty("role", "muted")
            grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(name, row, 1)
        return grid

    def key_rows(self) -> list[tuple[str, str]]:
        """The keys that are no commands, then every command that has keys."""
        fixed = [
            ("Enter", self.tr("Send the message")),
            ("Shift+Enter", self.tr("New line in the message")),
            ("↑ ↓", self.tr("Move in lists, in the rail and in the palette")),
            ("← →", self.tr("Earlier and later version of the selected message")),
        ]
        commands = []
        for spec in self._registry:
            shortcut = self._registry.action(spec.id).shortcut()
            if not shortcut.isEmpty():
                keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
                commands.append((self._registry.category(spec.id), keys, self._registry.title(spec.id)))
        return fixed + [(keys, title) for _category, keys, title in sorted(commands)]

    def _go(self) -> None:
        head = self._heads[self._list.currentRow()]
        self._scroll.verticalScrollBar().setValue(max(0, head.y() - 16))


class _Retranslated(QWidget):
    """Has its content written again when the language changes."""

    def __init__(self, write: object) -> None:
        super().__init__()
        self._write = write

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and callable(self._write):
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User and callable(self._write):
            self._write()
            return True
        return super().event(event)


def to_html(text: str) -> str:
    """**bold** and `code` of a help text; everything else is literal."""
    html = escape(text, quote=False)
    html = re.sub(r"\*\*(.+?)\*\*", r'<span style="font-weight:600">\1</span>', html)
    html = re.sub(r"`(.+?)`", r'<span style="font-family:\'JetBrains Mono\'">\1</span>', html)
    return f'<div style="line-height:140%">{html}</div>'


def _told(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
