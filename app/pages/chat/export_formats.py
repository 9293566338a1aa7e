"""The ways a chat can leave the program."""

from PySide6.QtCore import QCoreApplication

from engine.store.transfer.exporting import ExportFormat


def export_formats() -> tuple[tuple[ExportFormat, str], ...]:
    """Formats with what they are for, in the order of the menus."""
    translate = QCoreApplication.translate
    return (
        ("json", translate("ExportFormats", "JSON (the whole tree, can be imported)")),
        ("markdown", translate("ExportFormats", "Markdown (to read)")),
        ("messages", translate("ExportFormats", "Messages JSONL (for training)")),
        ("sharegpt", translate("ExportFormats", "ShareGPT JSONL (for training)")),
    )


def file_name(title: str) -> str:
    """A name for a file, from the title of a chat."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:60] or "chat"
