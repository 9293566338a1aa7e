"""Saves what the attention panel shows."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.panels.attention.export import drawing_of, picture_of, write_numbers
from app.panels.inspection_parts import PanelParts
from app.widgets.save_file import ask_where_to_save

if TYPE_CHECKING:
    from app.panels.attention.panel import AttentionPanel


class ExportLink(QObject):
    """Asks for a name; writing happens on a worker thread where it can."""

    def __init__(self, parts: PanelParts, panel: "AttentionPanel") -> None:
        super().__init__(panel)
        self._parts = parts
        self._panel = panel

    def export(self, kind: str) -> None:
        """“png”, “svg” or “npz”."""
        if self._panel.subject is None or not self._panel.subject.has_rows:
            self._parts.host.show_toast(self.tr("There is no attention to export yet."))
            return
        state = self._parts.inspection.attention
        name = f"attention-layer{state.layer}-head{state.head}.{kind}"
        kinds = {"png": "PNG (*.png)", "svg": "SVG (*.svg)", "npz": "NPZ (*.npz)"}
        path = ask_where_to_save(self._panel, self.tr("Export attention"), name, kinds[kind], f".{kind}")
        if path is not None:
            self.write(kind, path)

    def write(self, kind: str, path: Path) -> None:
        """Without asking."""
        subject = self._panel.subject
        if subject is None:
            return
        body, background = self._panel.reading.stack, self._parts.theme.tokens.bg1
        run, done = self._parts.controllers.background.run, self._say_done
        failed = self._parts.host.show_error
        if kind == "png":
            image = picture_of(body, background)
            run(lambda: image.save(str(path)), lambda saved: done(path) if saved else None, failed)
        elif kind == "svg":
            drawing_of(body, background, path, self.tr("Attention"))
            done(path)
        else:
            rows, pieces = subject.rows, subject.all_pieces()
            run(lambda: write_numbers(rows, pieces, path), lambda _nothing: done(path), failed)

    def _say_done(self, path: Path) -> None:
        self._parts.host.show_toast(self.tr("Saved as {name}.").format(name=path.name))
