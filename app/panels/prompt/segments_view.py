"""The rendered prompt, stretch by stretch, coloured by kind."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.marks import QT_TRANSLATE_NOOP
from app.theme.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.icon_button import IconButton
from app.widgets.legend import LegendEntry
from app.widgets.numbers import whole
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.protocol.values import Segment, SegmentKind

KIND_ROLES: dict[SegmentKind, str] = {
    "system": "info",
    "user": "accent_text",
    "assistant": "ok",
    "tool": "warn",
    "template": "fg3",
    "special": "error",
    "prefill": "warn",
}

KIND_NAMES: dict[SegmentKind, str] = {
    "system": QT_TRANSLATE_NOOP("PromptSegments", "System"),
    "user": QT_TRANSLATE_NOOP("PromptSegments", "User"),
    "assistant": QT_TRANSLATE_NOOP("PromptSegments", "Assistant"),
    "tool": QT_TRANSLATE_NOOP("PromptSegments", "Tool"),
    "template": QT_TRANSLATE_NOOP("PromptSegments", "Template"),
    "special": QT_TRANSLATE_NOOP("PromptSegments", "Special token"),
    "prefill": QT_TRANSLATE_NOOP("PromptSegments", "Start of the reply"),
}

SHOWN_CHARACTERS = 60_000
"""A longer prompt is cut in the view; copying gives all of it."""


class SegmentsView(QWidget):
    """Read only. Tokens of each kind stand in the legend."""

    copy_requested = Signal(str)
    refresh_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self.area = TextArea(
            self.tr("Rendered prompt"), theme, mono=True, read_only=True, min_lines=4, max_lines=24
        )
        self._legend_host = QWidget()
        self._legend = FlowLayout(self._legend_host, spacing=10)
        self._total = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self.copy = IconButton("copy", self.tr("Copy the rendered prompt"), theme, size=24, icon_size=14)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(self.text()))
        self.refresh = IconButton("refresh-cw", self.tr("Render again"), theme, size=24, icon_size=14)
        self.refresh.clicked.connect(self.refresh_requested)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._total)
        top.addStretch(1)
        top.addWidget(self.refresh)
        top.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.area)
        column.addWidget(self._legend_host)
        theme.changed.connect(self._paint)
        self.set_segments(())

    def text(self) -> str:
        """The whole prompt as the model reads it."""
        return "".join(segment.text for segment in self._segments)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self.copy.setEnabled(bool(segments))
        total = sum(segment.tokens for segment in segments)
        self._total.set_text(self.tr("Tokens: {count}").format(count=whole(total)) if segments else "")
        self._paint()
        self._show_legend()

    def _paint(self) -> None:
        edit = self.area.edit
        edit.clear()
        cursor = QTextCursor(edit.document())
        room = SHOWN_CHARACTERS
        for segment in self._segments:
            style = QTextCharFormat()
            style.setForeground(QColor(str(getattr(self._theme.tokens, KIND_ROLES[segment.kind]))))
            style.setToolTip(self._describe(segment))
            cursor.insertText(segment.text[:room], style)
            room -= len(segment.text)
            if room <= 0:
                cursor.insertText("…")
                break
        if not self._segments:
            edit.setPlaceholderText(
                self.tr("Shown here once a message was sent or “Render again” was pressed.")
            )

    def _describe(self, segment: Segment) -> str:
        return self.tr("{kind}, tokens: {count}").format(
            kind=kind_name(segment.kind), count=whole(segment.tokens)
        )

    def _show_legend(self) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        totals: dict[SegmentKind, int] = {}
        for segment in self._segments:
            totals[segment.kind] = totals.get(segment.kind, 0) + segment.tokens
        for kind, role in KIND_ROLES.items():
            if kind in totals:
                text = f"{kind_name(kind)} {whole(totals[kind])}"
                entry = LegendEntry(text, role, self._theme, self._legend_host)
                self._legend.addWidget(entry)
                entry.show()
        self._legend_host.setVisible(bool(totals))


def kind_name(kind: SegmentKind) -> str:
    """Translated."""
    return str(QCoreApplication.translate("PromptSegments", KIND_NAMES[kind]))
