"""Attention in files: pictures of what is on the screen, and the numbers behind it."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.models.inspection_rows import AttentionRows

_SCALE = 3


def picture_of(widget: QWidget, background: str) -> QImage:
    """Three times as fine as on the screen."""
    size = widget.size() * _SCALE
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(background)
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


def drawing_of(widget: QWidget, background: str, path: Path, title: str) -> None:
    """Lines and letters stay lines and letters."""
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRectF(0, 0, widget.width(), widget.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), background)
    widget.render(painter, QPoint())
    painter.end()


def write_numbers(rows: AttentionRows, pieces: tuple[bytes, ...], path: Path) -> None:
    """NPZ: `attention` float16 `[layer, head, query, key]`, its `layers`, `heads` and `positions`, `tokens`.

    Rows that miss a layer are left out. Raises `OSError`.
    """
    import numpy as np  # noqa: PLC0415 - on a worker thread

    every = rows.since(0)
    layers, heads = every[-1].layers, every[-1].heads
    whole = [row for row in every if row.layers == layers and row.heads == heads]
    keys = max(row.weights.shape[2] for row in whole)
    attention = np.zeros((len(layers), len(heads), len(whole), keys), np.float16)
    for index, row in enumerate(whole):
        attention[:, :, index, : row.weights.shape[2]] = row.weights
    np.savez_compressed(
        path,
        attention=attention,
        layers=np.array(layers),
        heads=np.array(heads),
        positions=np.array([row.position for row in whole]),
        tokens=np.array([piece.decode("utf-8", "replace") for piece in pieces[:keys]]),
    )
