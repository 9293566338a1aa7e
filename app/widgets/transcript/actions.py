"""What can be done with a message: the buttons of its footer and its menu."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

ACTIONS: dict[str, tuple[str, ...]] = {
    "assistant": ("copy", "regenerate", "branch", "inspect", "more"),
    "user": ("copy", "edit", "more"),
    "system": ("copy", "edit", "more"),
    "tool": ("copy", "more"),
}
"""Buttons by role."""

MENU: dict[str, tuple[str, ...]] = {
    "assistant": ("copy", "edit", "regenerate", "continue", "branch", "inspect", "", "delete"),
    "user": ("copy", "edit", "branch", "", "delete"),
    "system": ("copy", "edit", "", "delete"),
    "tool": ("copy", "edit", "branch", "", "delete"),
}
"""Menu entries by role; an empty name is a separator."""

ICONS = {
    "copy": "copy",
    "edit": "pencil",
    "regenerate": "refresh-cw",
    "continue": "step-forward",
    "branch": "git-branch",
    "inspect": "scan-eye",
    "more": "ellipsis",
    "delete": "trash-2",
    "previous_version": "chevron-left",
    "next_version": "chevron-right",
}

_TIPS = {
    "copy": QT_TRANSLATE_NOOP("Transcript", "Copy message"),
    "edit": QT_TRANSLATE_NOOP("Transcript", "Edit"),
    "regenerate": QT_TRANSLATE_NOOP("Transcript", "Regenerate"),
    "continue": QT_TRANSLATE_NOOP("Transcript", "Continue writing"),
    "branch": QT_TRANSLATE_NOOP("Transcript", "Branch from here"),
    "inspect": QT_TRANSLATE_NOOP("Transcript", "Inspect"),
    "more": QT_TRANSLATE_NOOP("Transcript", "More actions"),
    "delete": QT_TRANSLATE_NOOP("Transcript", "Delete"),
    "previous_version": QT_TRANSLATE_NOOP("Transcript", "Previous version"),
    "next_version": QT_TRANSLATE_NOOP("Transcript", "Next version"),
}


def action_tip(name: str) -> str:
    """The translated name of an action."""
    return QCoreApplication.translate("Transcript", _TIPS[name])
