"""The settings as the page shows them: texts, choices, ranges. Values and defaults are in `app.settings`."""

from dataclasses import dataclass
from typing import Any, Literal

from app.i18n.marks import QT_TRANSLATE_NOOP

CONTEXT = "Settings"
Kind = Literal["choice", "switch", "number", "text"]


@dataclass(frozen=True)
class SettingSpec:
    """`title`, `help` and choice texts are English sources under the context “Settings”."""

    key: str
    kind: Kind
    title: str
    help: str
    choices: tuple[tuple[Any, str], ...] = ()
    minimum: int = 0
    maximum: int = 0
    step: int = 1
    zero_text: str = ""
    """What a number field says for 0."""
    suffix: str = ""
    placeholder: str = ""
    """What an empty text field stands for."""


APPEARANCE = (
    SettingSpec(
        "appearance.theme",
        "choice",
        QT_TRANSLATE_NOOP("Settings", "Theme"),
        QT_TRANSLATE_NOOP(
            "Settings", "Dark, light, or whatever the desktop uses; follows the desktop when it changes."
        ),
        (
            ("system", QT_TRANSLATE_NOOP("Settings", "Like the desktop")),
            ("dark", QT_TRANSLATE_NOOP("Settings", "Dark")),
            ("light", QT_TRANSLATE_NOOP("Settings", "Light")),
        ),
    ),
    SettingSpec(
        "appearance.language",
        "choice",
        QT_TRANSLATE_NOOP("Settings", "Language"),
        QT_TRANSLATE_NOOP(
            "Settings", "Menus and commands change at once; some texts of open pages after the next start."
        ),
        (
            ("system", QT_TRANSLATE_NOOP("Settings", "Like the desktop")),
            ("en", "English"),
            ("zh_CN", "简体中文"),
        ),
    ),
    SettingSpec(
        "appearance.size_step",
        "choice",
        QT_TRANSLATE_NOOP("Settings", "Text size"),
        QT_TRANSLATE_NOOP("Settings", "Makes every text of the window smaller or larger."),
        (
            (-1, QT_TRANSLATE_NOOP("Settings", "Small")),
            (0, QT_TRANSLATE_NOOP("Settings", "Normal")),
            (1, QT_TRANSLATE_NOOP("Settings", "Large")),
            (2, QT_TRANSLATE_NOOP("Settings", "Larger")),
            (3, QT_TRANSLATE_NOOP("Settings", "Largest")),
        ),
    ),
    SettingSpec(
        "appearance.reduced_motion",
        "switch",
        QT_TRANSLATE_NOOP("Settings", "Reduce motion"),
        QT_TRANSLATE_NOOP("Settings", "Controls jump to their new state instead of sliding."),
    ),
    SettingSpec(
        "appearance.menu_bar",
        "switch",
        QT_TRANSLATE_NOOP("Settings", "Menu bar"),
        QT_TRANSLATE_NOOP(
            "Settings", "Shows the menus in a row at the top. Without it the mark at the top left opens them."
        ),
    ),
)

CHAT = (
    SettingSpec(
        "chat.send_key",
        "choice",
        QT_TRANSLATE_NOOP("Settings", "Send with"),
        QT_TRANSLATE_NOOP("Settings", "The other combination makes a new line."),
        (
            ("enter", QT_TRANSLATE_NOOP("Settings", "Enter")),
            ("ctrl_enter", QT_TRANSLATE_NOOP("Settings", "Ctrl+Enter")),
        ),
    ),
    SettingSpec(
        "chat.follow",
        "switch",
        QT_TRANSLATE_NOOP("Settings", "Follow a reply while it is written"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Keeps the newest line in view. Scrolling up stops it, going to the end starts it again.",
        ),
    ),
    SettingSpec(
        "chat.auto_title",
        "switch",
        QT_TRANSLATE_NOOP("Settings", "Let the model title new chats"),
        QT_TRANSLATE_NOOP(
            "Settings", "After the first reply the loaded model writes a short title; it takes a few seconds."
        ),
    ),
)

ENGINE = (
    SettingSpec(
        "engine.n_threads",
        "number",
        QT_TRANSLATE_NOOP("Settings", "Threads"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Processor threads for models that run on the processor. More than there are free cores "
            "makes replies much slower, not faster. Used at the next load of a model.",
        ),
        maximum=256,
        zero_text=QT_TRANSLATE_NOOP("Settings", "Automatic"),
    ),
    SettingSpec(
        "engine.n_ctx",
        "number",
        QT_TRANSLATE_NOOP("Settings", "Context length of new chats"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How many tokens a model can see at once. Longer contexts need more memory for the KV cache.",
        ),
        maximum=1_048_576,
        step=1024,
        zero_text=QT_TRANSLATE_NOOP("Settings", "Automatic"),
        suffix=QT_TRANSLATE_NOOP("Settings", " tokens"),
    ),
    SettingSpec(
        "engine.idle_minutes",
        "number",
        QT_TRANSLATE_NOOP("Settings", "Unload the model when it is not used"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Gives its memory back after so many minutes. The next message loads it again, "
            "which takes as long as the first time.",
        ),
        maximum=1440,
        step=5,
        zero_text=QT_TRANSLATE_NOOP("Settings", "Never"),
        suffix=QT_TRANSLATE_NOOP("Settings", " minutes"),
    ),
)

NETWORK = (
    SettingSpec(
        "network.offline",
        "switch",
        QT_TRANSLATE_NOOP("Settings", "Work offline"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "No connection to another machine is made: endpoints, searches, downloads and the question for a "
            "newer release say so instead. Counts at once, also for what runs. This machine "
            "can still be asked.",
        ),
    ),
)

UPDATES = (
    SettingSpec(
        "network.update_address",
        "text",
        QT_TRANSLATE_NOOP("Settings", "Where to look for a newer release"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "An address that answers as GitHub's “latest release” does; empty for the one that this build "
            "names, if it names one.",
        ),
        placeholder="https://api.github.com/repos/…/releases/latest",
    ),
)
