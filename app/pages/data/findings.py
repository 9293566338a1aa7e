"""What the checks found: one line a kind, which shows its rows when it is pressed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.pages.data.opened import OpenData
from app.pages.data.words import check_tip, check_word
from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.choice import Toggle
from app.widgets.key_button import KeyButton
from app.widgets.numbers import whole
from app.widgets.painting import color, focus_ring, rounded_box, text_font
from app.widgets.text_label import TextLabel
from engine.datasets.checks import BITS, LEFT_OUT, CheckKind

_HEIGHT = 26


class FindingLine(KeyButton):
    """An icon, what it is, and how many rows."""

    def __init__(self, kind: CheckKind, count: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind = kind
        self._count = count
        self.setText(check_word(kind))
        self.setToolTip(check_tip(kind))
        self.setAccessibleName(self.tr("{what}: %Ln row(s)", "", count).format(what=check_word(kind)))
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            rounded_box(
                painter, box, tokens.radius_control, color(tokens, "bg5" if self.isChecked() else "bg4")
            )
        bad = bool(BITS[self.kind] & LEFT_OUT)
        icon = "circle-x" if bad else "triangle-alert"
        draw_icon(painter, icon, QRectF(6, 6, 14, 14), color(tokens, "error" if bad else "warn"))
        painter.setFont(text_font(tokens, "s", tabular=True))
        painter.setPen(color(tokens, "fg" if self.isChecked() else "fg2"))
        room = box.adjusted(28, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, right, whole(self._count))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.end()


class Findings(QWidget):
    """Lines for what was found, or a sentence."""

    kind_chosen = Signal(str)
    """A kind of check, "" where its line is pressed again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: object = None
        self.lines: list[FindingLine] = []
        self._toggles: list[Toggle] = []
        self._words = TextLabel("", theme, role="fg3", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._words)

    def set_data(self, data: OpenData) -> None:
        """What is known of a data set so far."""
        report = data.checked.report if data.checked is not None else None
        if report is self._shown and report is not None:
            return
        self._shown = report
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines, self._toggles = [], []
        if report is None:
            waiting = self.tr("The rows are being checked.") if data.mapping is not None else ""
            self._words.set_text(waiting or self.tr("Checked when the format is known."))
        elif not report.findings:
            self._words.set_text(self.tr("Nothing was found: every row can be trained on."))
        else:
            self._add([(one.kind, one.count) for one in report.findings])
            text = self.tr("{usable} of {rows} rows can be trained on.")
            self._words.set_text(text.format(usable=whole(report.usable), rows=whole(report.rows)))

    def mark(self, kind: str) -> None:
        """Show which kind the table is filtered by."""
        for line, toggle in zip(self.lines, self._toggles, strict=True):
            toggle.set(line.kind == kind)

    def _add(self, found: Sequence[tuple[CheckKind, int]]) -> None:
        for place, (kind, count) in enumerate(found):
            line = FindingLine(kind, count, self._theme)
            self._toggles.append(Toggle(line, partial(self._switched, kind)))
            self._column.insertWidget(place, line)
            self.lines.append(line)

    def _switched(self, kind: CheckKind, on: bool) -> None:
        self.kind_chosen.emit(kind if on else "")
