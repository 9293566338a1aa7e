"""What each model would have said at one place of the text, and what it gave the token that came."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.panels.compare.text_flow import shown
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import decimal, number_locale, whole
from app.widgets.painting import MEDIUM, SEMIBOLD, color, rounded_box, text_font
from app.widgets.text_label import TextLabel
from engine.evaluate.comparison import Opinion

ROW, HEAD, GAP = 20, 38, 14


class OpinionBars(QWidget):
    """One block for each model: its name, its figures, its candidates as bars."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._opinions: Sequence[Opinion] = ()
        self.setAccessibleName(self.tr("Candidates of each model"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_opinions(self, opinions: Sequence[Opinion]) -> None:
        self._opinions = opinions
        self.setFixedHeight(max(1, self.sizeHint().height()))
        self.setAccessibleDescription("; ".join(self._words(one) for one in opinions))
        self.update()

    def sizeHint(self) -> QSize:
        height = sum(HEAD + ROW * len(one.candidates) + GAP for one in self._opinions)
        return QSize(240, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for number, one in enumerate(self._opinions):
            top = self._paint_one(painter, one, top, number == 0)
        painter.end()

    def _paint_one(self, painter: QPainter, one: Opinion, top: float, reference: bool) -> float:
        tokens = self._theme.tokens
        width = float(self.width())
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        font = text_font(tokens, "s", SEMIBOLD)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        name = QFontMetricsF(font).elidedText(one.model, Qt.TextElideMode.ElideMiddle, width - 92)
        painter.drawText(QRectF(0, top, width - 88, 18), middle | left, name)
        painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
        painter.setPen(color(tokens, "warn" if one.flipped else "fg3"))
        note = self.tr("reference") if reference else self.tr("KL {value}").format(value=decimal(one.kl, 3))
        painter.drawText(QRectF(width - 88, top, 88, 18), middle | right, note)
        painter.setPen(color(tokens, "fg2"))
        painter.drawText(QRectF(0, top + 18, width, 16), middle | left, self._figures(one))
        top += HEAD
        for candidate in one.candidates:
            box = QRectF(0, top + 2, width, ROW - 4)
            rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg4"))
            filled = QRectF(box)
            filled.setWidth(max(3.0, box.width() * min(candidate.p, 1.0)))
            role = "ok" if candidate.came else "accent"
            rounded_box(painter, filled, tokens.radius_tag, color(tokens, role, 0.4))
            painter.setFont(text_font(tokens, "s", mono=True))
            painter.setPen(color(tokens, "fg"))
            metrics = QFontMetricsF(painter.font())
            text = f"“{shown(candidate.text)}”"
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 70)
            painter.drawText(box.adjusted(6, 0, -60, 0), middle | left, text)
            painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
            painter.setPen(color(tokens, "fg2"))
            painter.drawText(box.adjusted(0, 0, -6, 0), middle | right, _percent(candidate.p))
            top += ROW
        return top + GAP

    def _figures(self, one: Opinion) -> str:
        if one.rank < 0:
            return self.tr("gave it {p}").format(p=_percent(one.p))
        if one.rank == 0:
            return self.tr("gave it {p}, first choice").format(p=_percent(one.p))
        return self.tr("gave it {p}, choice no. {rank}").format(p=_percent(one.p), rank=whole(one.rank + 1))

    def _words(self, one: Opinion) -> str:
        first = one.candidates[0]
        return self.tr("{model}: {figures}; would say “{text}” ({p})").format(
            model=one.model, figures=self._figures(one), text=shown(first.text), p=_percent(first.p)
        )


class OpinionsView(QWidget):
    """The token on top, the models below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.token = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, mono=True, elide=True)
        self.note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.bars = OpinionBars(theme)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.bars)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("What the models would have said"))
        describe_as(scroll, QAccessible.Role.Document, self.bars.accessibleDescription)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.token)
        column.addWidget(self.note)
        column.addWidget(scroll, 1)
        self.show_none()

    def show_none(self) -> None:
        """No token is chosen."""
        self.token.set_text(self.tr("Choose a token"))
        self.note.set_text(
            self.tr("Point at a token, or move with the arrow keys, to see what each model would have said.")
        )
        self.bars.set_opinions(())

    def show_token(self, text: str, opinions: Sequence[Opinion]) -> None:
        """An empty `opinions`: the token was read, not scored."""
        self.token.set_text(f"“{shown(text)}”")
        self.note.set_text(
            ""
            if opinions
            else self.tr("Not scored: it stands in the first half of its chunk and gives the others context.")
        )
        self.note.setVisible(bool(self.note.full_text()))
        self.bars.set_opinions(opinions)


def _percent(p: float) -> str:
    value = 100 * p
    if value >= 0.1:
        return f"{decimal(value, 1)} %"
    return f"{number_locale().toString(value, 'g', 2)} %"
