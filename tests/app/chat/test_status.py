"""The status line's truth: what is told to it, whatever a turn ends with."""

from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from app.controllers.status import StatusController
from app.window.status_state import StatusState
from engine.chat.turn_events import TurnFinished
from engine.errors import UserError


class Models(QObject):
    """As much of the models controller as the status line looks at."""

    loading = Signal(str, float, str)
    loaded = Signal(object)
    unloaded = Signal()
    load_failed = Signal(object)
    is_loading = False
    current: Any = None


def test_a_turn_that_could_not_even_begin_ends_all_the_same(qtbot: QtBot) -> None:
    bridge, state, models = EngineBridge(), StatusState(), Models()
    controller = StatusController(state, bridge, cast(ModelsController, models))
    state.set_phase("generating")
    bridge.turn_finished.emit(TurnFinished("s", None, UserError("store.disk_full", path="lathe.db")))
    assert state.phase == "no_model"
    assert controller is not None
