"""Probabilities of the candidates as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import share
from app.widgets.painting import MEDIUM, color, rounded_box, text_font

ROW = 25


@dataclass(frozen=True)
class Candidate:
    """`share` is a probability from 0 to 1; `chosen` marks the token that was taken."""

    text: str
    share: float
    chosen: bool = False


class CandidateBars(QWidget):
    """One row a candidate; the whole width is 100 %."""

    def __init__(self, name: str, theme: Theme, rows: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._candidates: tuple[Candidate, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(rows * ROW - 4)
        theme.changed.connect(self.update)

    def candidates(self) -> tuple[Candidate, ...]:
        return self._candidates

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = tuple(candidates)[: self._rows]
        told = (f"{item.text} {share(item.share)}" for item in self._candidates)
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * ROW - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self._rows):
            box = QRectF(0, index * ROW, self.width(), ROW - 4)
            rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg4"))
            if index < len(self._candidates):
                self._paint_candidate(painter, box, self._candidates[index])
        painter.end()

    def _paint_candidate(self, painter: QPainter, box: QRectF, item: Candidate) -> None:
        tokens = self._theme.tokens
        bar = QRectF(box.left(), box.top(), max(8.0, box.width() * item.share), box.height())
        rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent_soft"))
        if item.chosen:
            painter.fillRect(QRectF(0, box.top() + 4, 2, box.height() - 8), color(tokens, "accent"))
        percent_font = text_font(tokens, "xs", MEDIUM, tabular=True)
        painter.setFont(percent_font)
        percent = share(item.share)
        painter.setPen(color(tokens, "accent_text" if item.chosen else "fg2"))
        painter.drawText(
            box.adjusted(0, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent
        )
        painter.setFont(text_font(tokens, "xs", mono=True))
        painter.setPen(color(tokens, "fg" if item.chosen else "fg2"))
        room = box.adjusted(8, 0, -56, 0)
        shown = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
