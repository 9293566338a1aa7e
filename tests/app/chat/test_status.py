"""The status line's truth: what is told to it, whatever a turn ends with."""

from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from app.controllers.status import StatusController
from app.window.status_state import StatusState
from engine.chat.turn_events import TurnFinished, TurnProgress
from engine.errors import UserError
from engine.protocol.events import JobProgress, PromptProgress


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


def test_a_second_model_that_is_loaded_for_a_reply_is_named(qtbot: QtBot) -> None:
    bridge, state, models = EngineBridge(), StatusState(), Models()
    controller = StatusController(state, bridge, cast(ModelsController, models))
    bridge.turn_progress.emit(TurnProgress("s", "m", PromptProgress(job=1, done=9, total=9)))
    assert (state.phase, state.detail) == ("reading", "100 %")
    bridge.turn_progress.emit(TurnProgress("s", "m", JobProgress(job=1, note="small-model")))
    assert (state.phase, state.detail) == ("loading", "small-model")
    assert controller is not None
