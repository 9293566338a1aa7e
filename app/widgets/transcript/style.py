"""Sizes, fonts and colours of the transcript, from the theme's tokens and the zoom."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat

from app.markdown.blocks import Mark
from app.theme.fonts import mono_font, ui_font
from app.theme.tokens import Tokens

PROSE_LINE = 1.32
CODE_LINE = 1.2
HEADING_SIZES = (20, 17, 15, 14, 14, 13)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of prose starts out: size in pixels, weight, colour role, line height factor."""

    px: int
    weight: QFont.Weight
    role: str
    line: float = PROSE_LINE


class Style:
    """One theme at one zoom. Made anew when either changes; everything laid out with it is then stale."""

    def __init__(self, tokens: Tokens, zoom: float = 1.0) -> None:
        self.tokens = tokens
        self.zoom = zoom
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, int, bool, bool, bool], QFont] = {}
        self._formats: dict[tuple[object, ...], QTextCharFormat] = {}
        self._metrics: dict[str, QFontMetricsF] = {}

    def px(self, size: float) -> int:
        """A size in logical pixels at this zoom."""
        return max(1, round(size * self.zoom))

    def color(self, role: str) -> QColor:
        """The colour of a field of `Tokens`."""
        color = self._colors.get(role)
        if color is None:
            color = self._colors[role] = QColor(getattr(self.tokens, role))
        return color

    def tint(self, role: str, alpha: int) -> QColor:
        """A token's colour, translucent (`alpha` 0 to 255)."""
        color = QColor(self.color(role))
        color.setAlpha(alpha)
        return color

    def font(
        self,
        px: int,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        italic: bool = False,
        mono: bool = False,
        tabular: bool = False,
    ) -> QFont:
        """A font at an exact pixel size (already zoomed)."""
        key = (px, weight.value, italic, mono, tabular)
        font = self._fonts.get(key)
        if font is None:
            font = mono_font(px, weight) if mono else ui_font(px, weight, tabular)
            font.setItalic(italic)
            self._fonts[key] = font
        return font

    def metrics(self, font: QFont) -> QFontMetricsF:
        """Metrics of a font, cached: making them is slow."""
        key = font.key()
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = QFontMetricsF(font)
        return metrics

    def char_format(
        self, look: Look, marks: Mark, role: str, *, mono: bool, spacing: float = 0.0
    ) -> QTextCharFormat:
        """The format of a run of text, cached: making fonts is what laying out text spends its time on."""
        key = (look.px, look.weight.value, marks.value, role, mono, spacing)
        found = self._formats.get(key)
        if found is not None:
            return found
        bold = bool(marks & Mark.BOLD)
        weight = QFont.Weight.DemiBold if bold else look.weight
        if mono:
            weight = QFont.Weight.Medium if bold else QFont.Weight.Normal
        px = max(1, round(look.px * 0.9)) if mono else look.px
        font = self.font(px, weight, italic=bool(marks & Mark.ITALIC), mono=mono)
        if spacing:
            font = QFont(font)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        found = self._formats[key] = QTextCharFormat()
        found.setFont(font)
        found.setForeground(self.color(role))
        if marks & Mark.STRIKE:
            found.setFontStrikeOut(True)
        return found

    @cached_property
    def prose(self) -> Look:
        return Look(self.px(self.tokens.text_l), QFont.Weight.Normal, "fg")

    @cached_property
    def muted(self) -> Look:
        return Look(self.px(self.tokens.text_l), QFont.Weight.Normal, "fg3")

    @cached_property
    def thinking(self) -> Look:
        return Look(self.px(self.tokens.text_m), QFont.Weight.Normal, "fg2")

    @cached_property
    def small(self) -> QFont:
        return self.font(self.px(self.tokens.text_s))

    @cached_property
    def small_tabular(self) -> QFont:
        return self.font(self.px(self.tokens.text_s), tabular=True)

    @cached_property
    def name(self) -> QFont:
        return self.font(self.px(self.tokens.text_l), QFont.Weight.DemiBold)

    @cached_property
    def code(self) -> QFont:
        return self.font(self.px(self.tokens.text_s + 0.5), mono=True)

    @cached_property
    def code_row(self) -> int:
        return round(self.metrics(self.code).height() * CODE_LINE)

    def heading(self, level: int, base: Look) -> Look:
        """The look of a heading inside text of look `base`."""
        grow = self.tokens.text_l - 14
        px = self.px(HEADING_SIZES[level - 1] + grow)
        return Look(px, QFont.Weight.DemiBold, base.role, 1.25)
