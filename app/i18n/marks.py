"""Marks for texts that are translated later, where they are shown."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 - lupdate reads it
    """Qt's mark with a type: lupdate knows it by name and collects `text` under `context`."""
    return text
