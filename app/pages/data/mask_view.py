"""The tokens of a row in the colours of its loss mask."""

from collections.abc import Sequence

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.pages.data.row_tokens import RenderedRow
from app.panels.tokens.chips_view import LINE, ChipsView
from app.theme.theme import Theme
from app.widgets.painting import color
from engine.inspection.tokens import token_table

_LINES_ABOVE = 2


class MaskView(ChipsView):
    """Trained tokens stand out; what is cut off is pale. Shows texts or ids."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, theme, parent)
        self._mask: Sequence[bool] = ()
        self._kept = 0
        self._rendered: RenderedRow | None = None
        self._special: Sequence[bool] = ()
        self._pieces: Sequence[bytes] = ()
        self._ids = False

    def set_row(self, rendered: RenderedRow | None) -> None:
        """Another row, or none."""
        self._rendered = rendered
        self._mask = rendered.whole.mask if rendered is not None else ()
        self._kept = len(rendered.row.token_ids) if rendered is not None else 0
        self._special = rendered.special if rendered is not None else ()
        self._pieces = rendered.pieces if rendered is not None else ()
        self._show()

    def set_ids(self, shown: bool) -> None:
        """Ids in place of texts."""
        self._ids = shown
        self._show()

    def _show(self) -> None:
        rendered = self._rendered
        if rendered is None:
            self.set_rows(())
            return
        ids, pieces = rendered.whole.token_ids, self._pieces
        if self._ids:
            pieces = tuple(_number(token, piece) for token, piece in zip(ids, pieces, strict=True))
        self.set_rows(token_table(ids, pieces, self._special))

    def reveal_trained(self) -> None:
        """Scroll to where the first answer begins, with the end of its prompt above."""
        if True in self._mask:
            line = self._flow.line_of(self._mask.index(True))
            self.verticalScrollBar().setValue(max(0, line - _LINES_ABOVE) * LINE)

    def describe(self, index: int) -> str:
        rendered = self._rendered
        if rendered is None:
            return ""
        if index >= self._kept:
            state = self.tr("cut off")
        elif self._mask[index]:
            state = self.tr("trained")
        else:
            state = self.tr("only read")
        text = self.tr("“{text}” · id {id} · {state}")
        piece = self._pieces[index].decode("utf-8", "replace")
        return text.format(text=piece, id=rendered.whole.token_ids[index], state=state)

    def chip_colors(self, index: int) -> tuple[QColor, QColor | None, QColor]:
        tokens = self._theme.tokens
        special = self._special[index]
        if index >= self._kept:
            return color(tokens, "bg2"), color(tokens, "line2"), color(tokens, "fg3")
        if self._mask[index]:
            fill = color(tokens, "ok", 0.26 if tokens.dark else 0.2)
            return fill, color(tokens, "ok") if special else None, color(tokens, "fg")
        return color(tokens, "bg4"), color(tokens, "line2") if special else None, color(tokens, "fg2")


def _number(token: int, piece: bytes) -> bytes:
    """The id, with the end of the line that the token has."""
    return str(token).encode() + (b"\n" if b"\n" in piece else b"")
