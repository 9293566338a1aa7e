"""Times as people say them."""

from PySide6.QtCore import QCoreApplication

from app.widgets.numbers import decimal, whole

_MINUTE, _HOUR = 60, 3600


def duration(seconds: float) -> str:
    """40 s, 3 min, 2.5 h; a dash where nobody can tell."""
    if seconds < 0:
        return "–"
    if seconds < 1.5 * _MINUTE:
        return QCoreApplication.translate("Durations", "{count} s").format(
            count=whole(max(1, round(seconds)))
        )
    if seconds < 1.5 * _HOUR:
        return QCoreApplication.translate("Durations", "{count} min").format(
            count=whole(round(seconds / _MINUTE))
        )
    return QCoreApplication.translate("Durations", "{count} h").format(count=decimal(seconds / _HOUR, 1))
