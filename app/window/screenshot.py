"""A picture of the window for the documentation: `lathe --screenshot FILE`."""

import logging
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.window.status_state import StatusState

_log = logging.getLogger(__name__)
DELAY_MS = 600
PATIENCE_S = 60.0
"""A model that loads longer, or a worker that does not start, is shown as it is then."""
SETTLED = ("ready", "no_model", "failed")
_AGAIN_MS = 100


def take_when_settled(window: QWidget, status: StatusState, path: Path, began: float) -> None:
    """Wait until the engine has settled, but not for ever, then for the paints that follow; close the window.

    `began`: when the program did, by `time.monotonic`.
    """
    if status.phase in SETTLED or monotonic() - began > PATIENCE_S:
        QTimer.singleShot(DELAY_MS, window, partial(_take, window, path))
    else:
        QTimer.singleShot(_AGAIN_MS, window, partial(take_when_settled, window, status, path, began))


def _take(window: QWidget, path: Path) -> None:
    if not window.grab().save(str(path)):
        _log.error("the picture %s cannot be written", path)
    window.close()
