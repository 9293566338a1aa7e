"""The sampling panel beside a chat: seeds, what the model understands, grammars that are wrong."""

from collections.abc import Callable

import msgspec

from app.panels.sampling.constraint_control import ConstraintControl
from app.panels.sampling.seed_control import SeedControl
from app.widgets.text_button import TextButton
from app.widgets.warning_mark import WarningMark
from engine.errors import UserError
from engine.sampling.params import SamplingParams
from tests.app.chat.conftest import Bench


def last_seed(bench: Bench) -> str:
    control = bench.page.panels.sampling.control("seed")
    assert isinstance(control, SeedControl)
    return control.last_shown()


def stored_seed(bench: Bench) -> str:
    record = bench.store.messages.reply(bench.controllers.chat.path[-1].id)
    assert record is not None
    return str(record.provenance.seed)


def warning(bench: Bench) -> str:
    mark = bench.page.panels.sampling.control("typical_p").findChild(WarningMark)
    assert isinstance(mark, WarningMark)
    return mark.reason()


def test_each_chat_shows_the_seed_of_its_own_last_reply(bench: Bench) -> None:
    bench.say("One")
    first, seed = bench.controllers.chat.session_id, stored_seed(bench)
    bench.until(lambda: seed in last_seed(bench))
    bench.page.panel.new_requested.emit()
    bench.until(lambda: bench.controllers.chat.session_id != first)
    assert last_seed(bench) == ""
    bench.say("Two")
    bench.until(lambda: stored_seed(bench) in last_seed(bench))
    bench.page.open_session(first)
    bench.until(lambda: seed in last_seed(bench))


def test_what_the_model_does_not_understand_is_marked(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    panel, models = bench.page.panels.sampling, bench.controllers.models
    assert models.current is not None
    panel.set_params(SamplingParams(typical_p=0.7))
    assert warning(bench) == ""
    models.loaded.emit(msgspec.structs.replace(models.current, understands=("temperature", "seed")))
    assert "does not know" in warning(bench)
    models.unloaded.emit()
    assert warning(bench) == ""


def test_a_grammar_that_the_engine_refuses_is_told_where_it_is_written(bench: Bench) -> None:
    bench.controllers.chat.reply_failed.emit(UserError("schema.invalid", reason="no such type"))
    control = bench.page.panels.sampling.control("json_schema")
    assert isinstance(control, ConstraintControl)
    assert control.error.full_text() == "No such type"
    buttons = bench.page.view.banner.findChildren(TextButton)
    next(button for button in buttons if "Correct" in button.text()).click()
    assert "inspector" in bench.host.regions
