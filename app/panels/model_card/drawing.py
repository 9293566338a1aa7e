"""The whole card as one drawing, for the screen and for files."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.panels.model_card.block_diagram import WIDTH, draw_blocks
from app.panels.model_card.document import CardDocument
from app.panels.model_card.figures import (
    HEADING,
    STRIP,
    draw_facts,
    draw_layers,
    draw_legend,
    draw_treemap,
    draw_types,
)
from app.panels.model_card.groups import by_group
from app.panels.model_card.pen import SEMIBOLD, Pen
from app.theme.tokens import Tokens
from app.widgets.painting import color

MARGIN = 24.0
COLUMN = 28.0
LEAST_WIDTH = 760
EXPORT_WIDTH = 1280
EXPORT_RATIO = 2.0
TREEMAP = 190.0


def draw_card(pen: Pen, document: CardDocument, width: float) -> float:
    """Draw from (0, 0) on, in two or three columns; the height that was used."""
    card = document.card
    pen.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = MARGIN
    title = QRectF(MARGIN, top, width - 2 * MARGIN, 26)
    pen.text(title, document.name, "fg", "xl", SEMIBOLD)
    top += 40
    left_bottom = top + draw_blocks(pen, card, MARGIN, top)
    x = MARGIN + WIDTH + COLUMN
    room = max(240.0, width - x - MARGIN)
    wide = room >= 640
    facts_width = (room - COLUMN) * 0.44 if wide else room
    facts_bottom = top + draw_facts(pen, card, x, top, facts_width)
    right = x + facts_width + COLUMN if wide else x
    right_width = room - facts_width - COLUMN if wide else room
    y = top if wide else facts_bottom + 24
    draw_treemap(pen, card, QRectF(right, y, right_width, TREEMAP + HEADING))
    y += TREEMAP + HEADING + 20
    y += draw_types(pen, card, right, y, right_width)
    below = max(facts_bottom, y) + 24
    strip = max(STRIP, left_bottom - below - HEADING - 42)
    draw_layers(pen, card, QRectF(x, below, room, strip + HEADING + 16))
    legend_top = below + strip + HEADING + 24
    draw_legend(pen, list(by_group(card.kinds)), x, legend_top)
    return max(left_bottom, legend_top + 16) + MARGIN


def height_for(document: CardDocument, width: float, tokens: Tokens) -> int:
    """How high the drawing is at a width: it is drawn once into nothing."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    height = draw_card(Pen(painter, tokens), document, width)
    painter.end()
    return round(height)


def to_png(document: CardDocument, tokens: Tokens) -> bytes:
    """At twice the size of the screen."""
    height = height_for(document, EXPORT_WIDTH, tokens)
    image = QImage(
        QSize(round(EXPORT_WIDTH * EXPORT_RATIO), round(height * EXPORT_RATIO)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(EXPORT_RATIO)
    image.fill(color(tokens, "bg2"))
    painter = QPainter(image)
    draw_card(Pen(painter, tokens), document, EXPORT_WIDTH)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def to_svg(document: CardDocument, tokens: Tokens) -> bytes:
    """Vectors; texts stay texts in the fonts of the interface."""
    height = height_for(document, EXPORT_WIDTH, tokens)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(EXPORT_WIDTH, height))
    generator.setViewBox(QRect(0, 0, EXPORT_WIDTH, height))
    generator.setTitle(document.name)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, EXPORT_WIDTH, height), color(tokens, "bg2"))
    painter.setPen(Qt.PenStyle.NoPen)
    draw_card(Pen(painter, tokens), document, EXPORT_WIDTH)
    painter.end()
    return bytes(buffer.data().data())
