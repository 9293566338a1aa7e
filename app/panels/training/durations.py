"""Times as people say them."""

from PySide6.QtCore import QCoreApplication

from app.widgets.numbers import bound, decimal, whole

_MINUTE, _HOUR = 60, 3600


def duration(seconds: float) -> str:
    """40 s, 3 min, 2.5 h; a dash where nobody can tell."""
    if seconds < 0:
        return "–"
    if seconds < 1.5 * _MINUTE:
        text, count = QCoreApplication.translate("Durations", "{count} s"), whole(max(1, round(seconds)))
    elif seconds < 1.5 * _HOUR:
        text, count = QCoreApplication.translate("Durations", "{count} min"), whole(round(seconds / _MINUTE))
    else:
        text, count = QCoreApplication.translate("Durations", "{count} h"), decimal(seconds / _HOUR, 1)
    return bound(text.format(count=count))
