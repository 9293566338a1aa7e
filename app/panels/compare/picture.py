"""A comparison as one picture: table and plots, in the colours of the theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.panels.compare.columns import columns
from app.panels.compare.plots import PlotsView
from app.theme.tokens import Tokens
from app.widgets.painting import MEDIUM, SEMIBOLD, color, text_font
from engine.evaluate.comparison import Comparison
from engine.protocol.jobs import ModelCompared

WIDTH, SCALE, MARGIN, ROW, PLOTS = 1180, 2, 24, 26, 300
_FIRST = 210


def draw(comparison: Comparison, plots: PlotsView, note: str, tokens: Tokens) -> QImage:
    """Twice the pixels of a screen. Some milliseconds."""
    models = comparison.summary
    table_top = MARGIN + 52
    height = table_top + ROW * (len(models) + 1) + 16 + PLOTS + MARGIN
    image = QImage(WIDTH * SCALE, height * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(color(tokens, "bg2"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(text_font(tokens, "xl", SEMIBOLD))
    painter.setPen(color(tokens, "fg"))
    painter.drawText(QRectF(MARGIN, MARGIN - 4, WIDTH, 24), middle, models[0].model)
    painter.setFont(text_font(tokens, "s"))
    painter.setPen(color(tokens, "fg3"))
    painter.drawText(QRectF(MARGIN, MARGIN + 22, WIDTH, 18), middle, note)
    _draw_table(painter, models, table_top, tokens)
    top = table_top + ROW * (len(models) + 1) + 16
    half = WIDTH / 2
    plots.sizes.paint(painter, QRectF(8, top, half - 8, PLOTS))
    plots.spread.paint(painter, QRectF(half, top, half - 8, PLOTS))
    painter.end()
    return image


def _draw_table(painter: QPainter, models: Sequence[ModelCompared], top: float, tokens: Tokens) -> None:
    shown = columns(models)
    wide = (WIDTH - 2 * MARGIN - _FIRST) / (len(shown) - 1)
    middle = Qt.AlignmentFlag.AlignVCenter
    for number, column in enumerate(shown):
        left = MARGIN if number == 0 else MARGIN + _FIRST + (number - 1) * wide
        width = _FIRST - 8 if number == 0 else wide
        side = middle | (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft)
        painter.setFont(text_font(tokens, "xs", MEDIUM))
        painter.setPen(color(tokens, "fg3"))
        painter.drawText(QRectF(left, top, width, ROW), side, column.title)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        for row, one in enumerate(models, 1):
            painter.setPen(color(tokens, "fg" if number == 0 else "fg2"))
            painter.drawText(QRectF(left, top + ROW * row, width, ROW), side, column.write(one))
    for row in range(len(models) + 1):
        line = QRectF(MARGIN, top + ROW * (row + 1), WIDTH - 2 * MARGIN, 1)
        painter.fillRect(line, color(tokens, "line"))
