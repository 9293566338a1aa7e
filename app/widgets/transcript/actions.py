"""What can be done with a message: the buttons of its footer and its menu."""

from PySide6.QtCore import QCoreApplication

ACTIONS: dict[str, tuple[str, ...]] = {
    "assistant": ("copy", "regenerate", "thumb_up", "thumb_down", "branch", "inspect", "more"),
    "user": ("copy", "edit", "more"),
    "system": ("copy", "edit", "more"),
    "tool": ("copy", "more"),
    "document": (),
}
"""Buttons by role."""

MENU: dict[str, tuple[str, ...]] = {
    "assistant": (
        "copy",
        "edit",
        "regenerate",
        "continue",
        "branch",
        "inspect",
        "",
        "thumb_up",
        "thumb_down",
        "",
        "delete",
    ),
    "user": ("copy", "edit", "branch", "", "delete"),
    "system": ("copy", "edit", "", "delete"),
    "tool": ("copy", "edit", "branch", "", "delete"),
    "document": ("copy",),
}
"""Menu entries by role; an empty name is a separator."""

ICONS = {
    "copy": "copy",
    "edit": "pencil",
    "regenerate": "refresh-cw",
    "continue": "step-forward",
    "branch": "git-branch",
    "inspect": "scan-eye",
    "thumb_up": "thumbs-up",
    "thumb_down": "thumbs-down",
    "more": "ellipsis",
    "delete": "trash-2",
    "previous_version": "chevron-left",
    "next_version": "chevron-right",
}


def action_name(name: str) -> str:
    """What a menu calls an action: shorter than what is told beside its icon."""
    if name == "thumb_up":
        return QCoreApplication.translate("Transcript", "Good reply")
    if name == "thumb_down":
        return QCoreApplication.translate("Transcript", "Bad reply")
    return action_tip(name)


def action_tip(name: str) -> str:
    """The translated name of an action."""
    return {
        "copy": QCoreApplication.translate("Transcript", "Copy message"),
        "edit": QCoreApplication.translate("Transcript", "Edit"),
        "regenerate": QCoreApplication.translate("Transcript", "Regenerate"),
        "continue": QCoreApplication.translate("Transcript", "Continue writing"),
        "branch": QCoreApplication.translate("Transcript", "Branch from here"),
        "inspect": QCoreApplication.translate("Transcript", "Inspect"),
        "thumb_up": QCoreApplication.translate(
            "Transcript", "Good reply (for data sets); again to take back"
        ),
        "thumb_down": QCoreApplication.translate(
            "Transcript", "Bad reply (for data sets); again to take back"
        ),
        "more": QCoreApplication.translate("Transcript", "More actions"),
        "delete": QCoreApplication.translate("Transcript", "Delete"),
        "previous_version": QCoreApplication.translate("Transcript", "Previous version"),
        "next_version": QCoreApplication.translate("Transcript", "Next version"),
    }[name]
