"""How long the rows are, and where they are cut."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import whole
from app.widgets.painting import color, focus_ring, text_font
from engine.datasets.lengths import histogram
from engine.protocol.data import DataMeasured

_BINS = 48
_LABELS = 16
_TOP = 16


class LengthHistogram(QWidget):
    """Bars of rows by tokens; the line of the limit can be dragged, or moved with the arrow keys."""

    limit_dragged = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: list[int] = []
        self._edges: list[float] = []
        self._limit = 0
        self.setAccessibleName(self.tr("Lengths of the rows in tokens"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        theme.changed.connect(self.update)

    def set_measured(self, measured: DataMeasured | None) -> None:
        """Figures, or None while there are none."""
        counts, edges = histogram(measured, _BINS) if measured is not None and measured.rows else ((), ())
        self._counts, self._edges = [int(one) for one in counts], [float(one) for one in edges]
        self.update()

    def set_limit(self, limit: int) -> None:
        """Tokens from which rows are cut."""
        self._limit = limit
        self.setAccessibleDescription(self.tr("Cut at {count} tokens").format(count=whole(limit)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 110)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -8, Qt.Key.Key_Right: 8}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.limit_dragged.emit(max(8, self._limit + step))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), color(tokens, "line2"))
        if self._counts:
            self._paint_bars(painter, plot)
            self._paint_scale(painter, plot)
            self._paint_limit(painter, plot)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), tokens.radius_tag, tokens)
        painter.end()

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        tokens = self._theme.tokens
        most = max(self._counts)
        width = plot.width() / len(self._counts)
        for place, count in enumerate(self._counts):
            if not count:
                continue
            height = max(2.0, plot.height() * count / most)
            bar = QRectF(
                plot.left() + place * width + 0.5, plot.bottom() - height, max(1.0, width - 1), height
            )
            cut = self._edges[place] >= self._limit
            painter.fillRect(bar, color(tokens, "warn" if cut else "accent", 0.75))

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        tokens = self._theme.tokens
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        row = QRectF(plot.left(), plot.bottom() + 2, plot.width(), _LABELS)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, whole(round(self._edges[-1])))

    def _paint_limit(self, painter: QPainter, plot: QRectF) -> None:
        tokens = self._theme.tokens
        x = min(plot.right(), plot.left() + plot.width() * self._limit / self._edges[-1])
        beyond = self._limit > self._edges[-1]
        pen = QPen(color(tokens, "fg2" if beyond else "warn"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine if beyond else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, plot.top() - 2), QPointF(x, plot.bottom()))
        font = text_font(tokens, "xs", tabular=True)
        text = f"{whole(self._limit)} →" if beyond else whole(self._limit)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg2"))
        left = min(max(plot.left(), x - wide / 2), plot.right() - wide)
        painter.drawText(QRectF(left, 0, wide + 2, _TOP - 2), Qt.AlignmentFlag.AlignLeft, text)

    def _plot(self) -> QRectF:
        return QRectF(1, _TOP, self.width() - 2, self.height() - _TOP - _LABELS - 2)

    def _drag(self, point: QPointF) -> None:
        if not self._edges:
            return
        plot = self._plot()
        share = min(1.0, max(0.0, (point.x() - plot.left()) / plot.width()))
        self.limit_dragged.emit(max(8, round(share * self._edges[-1])))
