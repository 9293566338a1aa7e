"""How far two colours stand apart, as WCAG 2.2 measures it."""

from PySide6.QtGui import QColor


def luminance(color: str) -> float:
    """Relative luminance, from 0 to 1."""
    shade = QColor(color)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (shade.redF(), shade.greenF(), shade.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
