"""The model panel and the prompt panel."""

from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.panels.model.fields import IntegerField, SharesField, parse_shares
from app.panels.model.memory import kv_bytes_per_token
from app.panels.model.panel import ModelPanel
from app.panels.model.texts import FIELDS
from app.panels.prompt.panel import PromptPanel
from app.panels.prompt.segments_view import KIND_NAMES, KIND_ROLES
from app.theme.theme import Theme
from app.widgets.numbers import bound, count
from engine.protocol.values import ContextParams, LoadedModel, PromptOptions, PromptReport, Segment
from engine.store.records import PromptRecord

LOADED = LoadedModel(
    name="SmolLM2", path="/m.gguf", backend="llama_cpp", model_hash="abc", architecture="llama",
    quantization="Q4_1", parameters=134_515_008, size_bytes=98_000_000, n_ctx=8192, n_ctx_train=8192,
    n_layer=30,
    n_head=9, n_head_kv=3, n_embd=576, n_vocab=49152, kv_bytes_per_token=23040.0, flash_attention=False,
    n_threads=2, n_gpu_layers=0, device="CPU", has_template=True, template_hash="t", engine_build="b1",
    load_ms=812.0, context=ContextParams(),
)  # fmt: skip


@pytest.fixture
def model(qtbot: QtBot, theme: Theme) -> ModelPanel:
    panel = ModelPanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.set_model(LOADED)
    return panel


@pytest.fixture
def prompt(qtbot: QtBot, theme: Theme) -> PromptPanel:
    panel = PromptPanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_every_context_parameter_has_a_control_and_a_text(model: ModelPanel) -> None:
    names = set(ContextParams.__struct_fields__)
    assert set(FIELDS) == names
    assert {"n_ctx", *model._fields} == names


def test_nothing_moves_when_a_change_can_be_applied(model: ModelPanel) -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    before = model.length.mapTo(model, model.length.rect().topLeft())
    model.length.number_changed.emit(4096.0)
    assert model.apply.isVisible()
    assert not model.unload.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert model.length.mapTo(model, model.length.rect().topLeft()) == before
    model.revert.setFocus()
    model.revert.click()
    assert model.unload.isVisible()


def test_apply_appears_with_a_change_and_asks_for_a_reload(qtbot: QtBot, model: ModelPanel) -> None:
    assert model.apply.isHidden()
    threads = cast(IntegerField, model.field("n_threads")).field
    threads.setFocus()
    qtbot.keyClick(threads, Qt.Key.Key_Up)
    assert not model.apply.isHidden()
    with qtbot.waitSignal(model.reload_requested) as asked:
        model.apply.click()
    assert asked.args == [ContextParams(n_threads=1)]
    model.revert.click()
    assert model.apply.isHidden()
    assert model.context() == ContextParams()


def test_a_context_beyond_training_warns_and_the_kv_size_follows(model: ModelPanel) -> None:
    model.length.field.setFocus()
    model.length.field.selectAll()
    model.length.slider.setValue(model.length.slider.maximum())
    assert model.context().n_ctx == 16384
    assert "RoPE" in model.length_note.full_text()
    assert bound("360.0 MiB") in model.length_note.full_text()


def test_kv_bytes_scale_with_the_types() -> None:
    assert kv_bytes_per_token(LOADED, ContextParams()) == 23040.0
    both = ContextParams(type_k="q8_0", type_v="q8_0")
    assert kv_bytes_per_token(LOADED, both) == pytest.approx(23040 * 34 / 64)


def test_facts_say_what_auto_chose(model: ModelPanel) -> None:
    assert model.run_facts.facts()["Flash attention"] == "off"
    assert model.run_facts.facts()["Context"] == "8,192"
    assert model.model_facts.facts()["Heads"] == "9 (3 KV)"
    assert model.model_facts.facts()["Parameters"] == bound("135 M")
    model.set_model(None)
    assert model.empty.isVisible()


def test_parameter_counts_as_people_write_them() -> None:
    assert [count(each) for each in (999, 134_515_008, 7_241_000_000)] == [
        "999",
        bound("135 M"),
        bound("7.2 B"),
    ]


def test_tensor_split_takes_numbers_only(qtbot: QtBot, model: ModelPanel) -> None:
    assert parse_shares("3, 1") == (3.0, 1.0)
    assert parse_shares("") == ()
    assert parse_shares("a") is None
    assert parse_shares("-1") is None
    field = cast(SharesField, model.field("tensor_split")).field
    field.setText("")
    qtbot.keyClicks(field, "2 1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert model.context().tensor_split == (2.0, 1.0)


def test_typing_a_system_prompt_is_passed_on_once(qtbot: QtBot, prompt: PromptPanel) -> None:
    with qtbot.waitSignal(prompt.options_changed) as changed:
        qtbot.keyClicks(prompt.system.edit, "Be brief.")
    assert changed.args == [PromptOptions(system="Be brief.")]
    with qtbot.assertNotEmitted(prompt.options_changed):
        prompt.set_options(PromptOptions(system="Other", raw=True, overflow="stop"))
    assert prompt.system.text() == "Other"
    assert prompt.raw.isChecked()


def test_a_prompt_of_the_library_is_picked_edited_and_deleted_with_undo(
    qtbot: QtBot, prompt: PromptPanel
) -> None:
    prompt.set_prompts([PromptRecord("1", "Brief", "Be brief."), PromptRecord("2", "Poet", "Write verse.")])
    select = prompt.library.select
    select.setCurrentIndex(1)
    select.activated.emit(1)
    assert prompt.options().system == "Write verse."
    qtbot.keyClicks(prompt.system.edit, "Now. ")
    menu = {action.text(): action for action in prompt.library.build_menu().actions()}
    assert menu["Update “Poet”"].isEnabled(), "at once, not after a pause"
    prompt._pass_on()
    current = prompt.library.current()
    assert current is not None
    assert current.id == "2"
    actions = {action.text(): action for action in prompt.library.build_menu().actions()}
    with qtbot.waitSignal(prompt.prompt_update_requested) as updated:
        actions["Update “Poet”"].trigger()
    assert updated.args == ["2", prompt.system.text()]
    with qtbot.waitSignal(prompt.prompt_delete_requested):
        actions["Delete “Poet”"].trigger()
    with qtbot.waitSignal(prompt.prompt_restore_requested) as restored:
        prompt.library.undo.button.click()
    assert restored.args == ["2"]


def test_the_policy_explains_itself(prompt: PromptPanel) -> None:
    prompt.policy.segments.button("keep_ends").click()
    assert prompt.options().overflow == "keep_ends"
    assert "middle" in prompt.policy.explanation.full_text()
    assert prompt.policy.keep.isVisible()


def test_an_own_template_is_kept_only_while_it_differs(qtbot: QtBot, prompt: PromptPanel) -> None:
    prompt.set_model_template("{{ messages }}")
    assert prompt.options().template == ""
    prompt.template.edit.setPlainText("{{ mine }}")
    prompt._pass_on()
    assert prompt.options().template == "{{ mine }}"
    prompt.set_template_error("unexpected end")
    prompt.template_reset.click()
    assert prompt.options().template == ""
    assert prompt.template_error.isHidden()


def test_the_rendered_prompt_counts_and_copies(qtbot: QtBot, prompt: PromptPanel) -> None:
    assert set(KIND_NAMES) == set(KIND_ROLES)
    segments = (Segment("special", "<|im_start|>", -1, 1), Segment("user", "Hello?", 0, 3))
    prompt.set_report(
        PromptReport(
            n_ctx=10, total=4, system=0, history=3, reply_room=1, reused=0, dropped=(), per_message=(),
            segments=segments,
        )
    )  # fmt: skip
    assert prompt.segments.area.text() == "<|im_start|>Hello?"
    with qtbot.waitSignal(prompt.copy_requested) as copied:
        prompt.segments.copy.click()
    assert copied.args == ["<|im_start|>Hello?"]
    with qtbot.waitSignal(prompt.render_requested):
        prompt.rendered.set_expanded(True)


def test_thinking_is_offered_only_where_the_template_asks_for_it(prompt: PromptPanel) -> None:
    assert prompt.thinking.isEnabled()  # unknown yet
    emitted: list[object] = []
    prompt.options_changed.connect(emitted.append)
    prompt.set_model_template("{{ messages[0].content }}")
    assert not prompt.thinking.isEnabled()
    assert not prompt.thinking.isChecked()
    assert prompt.thinking_note.isVisible()
    assert prompt.options().enable_thinking  # the chat keeps its choice for another model
    prompt.set_model_template("{% if enable_thinking %}<think>{% endif %}")
    assert prompt.thinking.isEnabled()
    assert prompt.thinking.isChecked()
    assert not prompt.thinking_note.isVisible()
    prompt.raw.click()
    assert not prompt.thinking.isEnabled()
    assert emitted == [PromptOptions(raw=True)]
