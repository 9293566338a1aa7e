"""The colour of surprise: nothing for what was expected, amber, then red."""

from functools import lru_cache

from PySide6.QtGui import QColor

from app.models.reply_tokens import loudness
from app.theme.tokens import Tokens

_FAINT = 0.09
_LEVELS = 128


def surprise_color(tokens: Tokens, surprise: float) -> QColor | None:
    """A translucent shade to lie behind text, readable in both themes; None where nothing is to be seen.

    `surprise` in nats.
    """
    loud = loudness(surprise)
    if loud < _FAINT:
        return None
    return QColor.fromRgba(_shade(tokens.warn, tokens.error, tokens.dark, round(loud * _LEVELS)))


@lru_cache(maxsize=4 * _LEVELS)
def _shade(warn: str, error: str, dark: bool, level: int) -> int:
    loud = level / _LEVELS
    low, high = QColor(warn), QColor(error)
    share = min(1.0, loud * 1.3)
    mixed = QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * share,
        low.greenF() + (high.greenF() - low.greenF()) * share,
        low.blueF() + (high.blueF() - low.blueF()) * share,
    )
    mixed.setAlphaF(0.04 + (0.46 if dark else 0.36) * loud)
    return mixed.rgba()


def surprise_ink(tokens: Tokens, surprise: float) -> QColor:
    """An opaque colour for bars."""
    shade = surprise_color(tokens, surprise)
    if shade is None:
        return QColor(tokens.line2)
    solid = QColor(shade)
    solid.setAlphaF(1.0)
    return solid
