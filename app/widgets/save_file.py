"""Asks where to save a file; a name typed without an ending gets the one of its format."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, title: str, suggested: str, kinds: str, suffix: str) -> Path | None:
    """The chosen file, None for none. `suffix` begins with a dot.

    Where the file that results is there already, the dialog comes again with its name: it asks about
    replacing.
    """
    while True:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() == suffix.lower():
            return path
        path = path.with_name(path.name + suffix)
        if not path.exists():
            return path
        suggested = str(path)
