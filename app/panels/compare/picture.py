"""A comparison as one picture: table and plots, in the colours of the theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from app.panels.compare.columns import columns
from app.panels.compare.plots import PlotsView
from app.theme.tokens import Tokens
from app.widgets.painting import MEDIUM, SEMIBOLD, color, text_font
from engine.evaluate.comparison import Comparison
from engine.protocol.jobs import ModelCompared

WIDTH, SCALE, MARGIN, ROW, PLOTS = 1180, 2, 24, 26, 300
_LEAST_NAME, _GAP = 140, 12


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
    head, body = text_font(tokens, "xs", MEDIUM), text_font(tokens, "xs", tabular=True)
    left = float(MARGIN)
    shown = columns(models)
    widths = column_widths(
        [[column.title, *(column.write(one) for one in models)] for column in shown], head, body
    )
    middle = Qt.AlignmentFlag.AlignVCenter
    for number, (column, width) in enumerate(zip(shown, widths, strict=True)):
        side = middle | (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft)
        painter.setFont(head)
        painter.setPen(color(tokens, "fg3"))
        painter.drawText(QRectF(left, top, width, ROW), side, column.title)
        painter.setFont(body)
        for row, one in enumerate(models, 1):
            painter.setPen(color(tokens, "fg" if number == 0 else "fg2"))
            text = column.write(one)
            if number == 0:
                text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(width))
            painter.drawText(QRectF(left, top + ROW * row, width, ROW), side, text)
        left += width
    for row in range(len(models) + 1):
        line = QRectF(MARGIN, top + ROW * (row + 1), WIDTH - 2 * MARGIN, 1)
        painter.fillRect(line, color(tokens, "line"))


def column_widths(cells: Sequence[Sequence[str]], head: QFont, body: QFont) -> list[float]:
    """Of the columns: what each needs, the same room between all, and the names what is left of it."""
    needed = [
        max(QFontMetricsF(head).horizontalAdvance(title), *map(QFontMetricsF(body).horizontalAdvance, texts))
        for title, *texts in cells
    ]
    room = WIDTH - 2 * MARGIN
    names = min(needed[0], max(_LEAST_NAME, room - sum(needed[1:]) - _GAP * (len(cells) - 1)))
    gap = (room - names - sum(needed[1:])) / (len(cells) - 1)
    return [names, *(width + gap for width in needed[1:])]
