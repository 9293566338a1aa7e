"""How runs are spoken of."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.i18n.marks import QT_TRANSLATE_NOOP
from app.models.runs import RunView
from app.panels.training.words import method_word, objective_word
from app.widgets.numbers import UNKNOWN, decimal, number_locale

_STATUS: dict[str, tuple[str, str]] = {
    "queued": (QT_TRANSLATE_NOOP("RunWords", "waits for another job"), "fg3"),
    "running": (QT_TRANSLATE_NOOP("RunWords", "running"), "info"),
    "paused": (QT_TRANSLATE_NOOP("RunWords", "paused"), "warn"),
    "done": (QT_TRANSLATE_NOOP("RunWords", "done"), "ok"),
    "stopped": (QT_TRANSLATE_NOOP("RunWords", "stopped and kept"), "ok"),
    "early_stopped": (QT_TRANSLATE_NOOP("RunWords", "stopped early"), "ok"),
    "failed": (QT_TRANSLATE_NOOP("RunWords", "failed"), "error"),
    "interrupted": (QT_TRANSLATE_NOOP("RunWords", "interrupted"), "warn"),
}


def status_word(status: str) -> str:
    return QCoreApplication.translate("RunWords", _STATUS[status][0])


def status_role(status: str) -> str:
    return _STATUS[status][1]


def loss_text(value: float) -> str:
    """In nats, or a dash where there is none."""
    return decimal(value, 3) if value >= 0 else UNKNOWN


def facts_line(view: RunView) -> str:
    """Second line of the list: how it stands, and what it came to."""
    summary = view.summary
    parts = [status_word(view.status)]
    if view.status in ("running", "paused") and view.fraction:
        parts[0] += f" {view.fraction * 100:.0f} %"
    if not view.is_live and summary.held_out_loss >= 0 and summary.first_held_out_loss >= 0:
        parts.append(f"{loss_text(summary.first_held_out_loss)} → {loss_text(summary.held_out_loss)}")
    elif summary.loss >= 0:
        parts.append(loss_text(summary.loss))
    return " · ".join(parts)


def about(view: RunView) -> str:
    """Method, objective, base: one line."""
    recipe = view.recipe
    return " · ".join((method_word(recipe.method), objective_word(recipe.objective), base_name(view)))


def base_name(view: RunView) -> str:
    path = Path(view.recipe.base)
    return path.stem if path.suffix == ".gguf" else path.name


def moment(milliseconds: int) -> str:
    """Date and time, short."""
    if not milliseconds:
        return UNKNOWN
    when = QDateTime.fromMSecsSinceEpoch(milliseconds)
    return number_locale().toString(when, QLocale.FormatType.ShortFormat)


def setting_text(value: Any) -> str:
    """A value of a recipe, short."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(setting_text, value)) or UNKNOWN
    if isinstance(value, float):
        return f"{value:.6g}"
    if value in ("", None):
        return UNKNOWN
    return str(value)
