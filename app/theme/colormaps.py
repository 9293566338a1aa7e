"""Colours of heat maps: from the canvas to the loudest colour, as tables of 256.

Dark: near black, indigo, magenta, amber. Light: white to navy. Lightness grows (or falls) steadily along
both, so that more is always more, in grey and for every kind of colour vision.
"""

from functools import lru_cache
from itertools import pairwise

from PySide6.QtGui import QColor, qRgb

from app.theme.tokens import Tokens

STEPS = 256
_DARK = (
    (0.00, "#15161B"),
    (0.12, "#1E1B3A"),
    (0.32, "#40307F"),
    (0.52, "#8A3F9C"),
    (0.70, "#D8567F"),
    (0.86, "#F59B5C"),
    (1.00, "#FFE3A6"),
)
_LIGHT = (
    (0.00, "#F7F7FA"),
    (0.15, "#E4E6FA"),
    (0.40, "#A9B0EE"),
    (0.65, "#5E66CF"),
    (0.85, "#2E2F8C"),
    (1.00, "#15123F"),
)


@lru_cache(maxsize=8)
def color_table(dark: bool) -> tuple[int, ...]:
    """256 opaque colours as 0xAARRGGBB."""
    stops = _DARK if dark else _LIGHT
    return tuple(_at(stops, step / (STEPS - 1)) for step in range(STEPS))


def index_table(dark: bool) -> list[int]:
    """For `QImage.setColorTable` of an 8-bit picture: 0 is see-through, 1 to 255 are weights from 0 to 1."""
    return [0, *color_table(dark)[1:]]


def shade(tokens: Tokens, strength: float) -> QColor:
    """The colour of a value from 0 to 1."""
    table = color_table(tokens.dark)
    return QColor.fromRgb(table[max(0, min(STEPS - 1, round(strength * (STEPS - 1))))])


def ink_on(tokens: Tokens, strength: float) -> QColor:
    """Text that can be read on `shade(strength)`."""
    fill = shade(tokens, strength)
    luminance = (
        0.2126 * _linear(fill.redF()) + 0.7152 * _linear(fill.greenF()) + 0.0722 * _linear(fill.blueF())
    )
    # Black and white are equally far from a relative luminance of 0.18.
    return QColor("#000000") if luminance > 0.18 else QColor("#FFFFFF")


def _at(stops: tuple[tuple[float, str], ...], place: float) -> int:
    for (low, first), (high, second) in pairwise(stops):
        if place <= high:
            share = (place - low) / (high - low)
            a, b = QColor(first), QColor(second)
            return qRgb(
                round(a.red() + share * (b.red() - a.red())),
                round(a.green() + share * (b.green() - a.green())),
                round(a.blue() + share * (b.blue() - a.blue())),
            )
    return QColor(stops[-1][1]).rgb()


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
