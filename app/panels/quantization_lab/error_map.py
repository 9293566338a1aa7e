"""Where in the matrix the error is."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from app.panels.quantization_lab.plot import Plot
from app.panels.quantization_lab.values import ErrorMap
from app.theme.colormaps import color_table
from app.theme.theme import Theme
from app.widgets.numbers import whole


class ErrorMapPlot(Plot):
    """Outputs from top to bottom, inputs from left to right; the colours of one picture for all cells."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme)
        self._map: ErrorMap | None = None
        self._image = QImage()
        theme.changed.connect(self._redraw)

    def show_map(self, error_map: ErrorMap | None) -> None:
        self._map = error_map
        self._redraw()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(area, self._image)

    def edge_texts(self) -> tuple[str, str, str]:
        one = self._map
        if one is None:
            return "", "", ""
        outputs = self.tr("outputs {first}–{last}").format(first=whole(one.first[0]), last=whole(one.last[0]))
        return self.tr("input {number}").format(number=whole(one.first[1])), outputs, whole(one.last[1])

    def describe(self, place: QPointF) -> str:
        one, area = self._map, self.area()
        if one is None or not area.contains(place):
            return ""
        column = min(one.columns - 1, int((place.x() - area.left()) / area.width() * one.columns))
        row = min(one.rows - 1, int((place.y() - area.top()) / area.height() * one.rows))
        value = one.data[row * one.columns + column] / 255 * one.top
        spans = [
            first + int(cell / cells * (last - first + 1))
            for first, last, cell, cells in zip(
                one.first, one.last, (row, column), (one.rows, one.columns), strict=True
            )
        ]
        text = self.tr("Output {row}, input {column}: off by {value}")
        return text.format(row=whole(spans[0]), column=whole(spans[1]), value=f"{value:.3g}")

    def _redraw(self) -> None:
        one = self._map
        if one is None:
            self._image = QImage()
        else:
            image = QImage(one.data, one.columns, one.rows, one.columns, QImage.Format.Format_Indexed8)
            image.setColorTable(list(color_table(self._theme.tokens.dark)))
            self._image = image.copy()
        self.update()
