"""The sampling panel as a person uses it."""

from typing import get_args

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.panels.sampling import texts
from app.panels.sampling.bias_control import BiasControl
from app.panels.sampling.constraint_control import ConstraintControl
from app.panels.sampling.control import ChoiceControl, NumberControl, TextsControl
from app.panels.sampling.groups import BASIC, GROUP_PARAMS, REPLY
from app.panels.sampling.order_control import OrderControl
from app.panels.sampling.panel import SamplingPanel
from app.panels.sampling.seed_control import SeedControl
from app.panels.sampling.words import PRESETS as PRESET_WORDS
from app.panels.sampling.words import REASONS, STAGES
from app.theme.theme import Theme
from app.window.tab_way import go_to_next
from engine.sampling.effects import Reason
from engine.sampling.params import DEFAULT_ORDER, LogitBias, SamplingParams
from engine.sampling.presets import PRESETS, builtin
from engine.sampling.texts import TEXTS
from engine.store.records import PresetRecord


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> SamplingPanel:
    panel = SamplingPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(288, 900)
    panel.show()
    return panel


def numbers(panel: SamplingPanel, name: str) -> NumberControl:
    control = panel.control(name)
    assert isinstance(control, NumberControl)
    return control


def test_the_translatable_texts_are_the_engines() -> None:
    assert {name: tuple(text) for name, text in TEXTS.items()} == texts.PARAMS
    assert set(REASONS) == set(get_args(Reason))
    assert set(STAGES) == set(DEFAULT_ORDER)
    assert {preset.id: (preset.name, preset.summary) for preset in PRESETS} == PRESET_WORDS


def test_every_parameter_has_exactly_one_place() -> None:
    places = [*BASIC, *REPLY, *(name for names in GROUP_PARAMS.values() for name in names)]
    assert sorted(places) == sorted(SamplingParams.__struct_fields__)


def test_showing_parameters_emits_nothing_and_shows_them_everywhere(
    qtbot: QtBot, panel: SamplingPanel
) -> None:
    with qtbot.assertNotEmitted(panel.params_changed):
        panel.set_params(SamplingParams(temperature=0.3, seed=5, mirostat=2))
        for group in GROUP_PARAMS:
            panel.section(group).set_expanded(True)
        panel.set_params(builtin("creative").sampling)
    assert numbers(panel, "xtc_probability").row.number() == 0.3
    assert panel.presets.segments.current() == "creative"


def test_a_typed_value_reaches_slider_and_signal(qtbot: QtBot, panel: SamplingPanel) -> None:
    row = numbers(panel, "temperature").row
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "0.25")
    with qtbot.waitSignal(panel.params_changed) as changed:
        qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert changed.args[0].temperature == 0.25
    assert row.slider.number() == 0.25


def test_a_value_out_of_range_is_brought_inside(qtbot: QtBot, panel: SamplingPanel) -> None:
    row = numbers(panel, "top_p").row
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "7")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert panel.params().top_p == 1.0


def test_arrow_keys_step_and_a_double_click_resets(qtbot: QtBot, panel: SamplingPanel) -> None:
    row = numbers(panel, "top_k").row
    row.field.setFocus()
    qtbot.keyClick(row.field, Qt.Key.Key_Up)
    assert panel.params().top_k == 41
    qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    assert panel.params().top_k == 42
    qtbot.mouseDClick(row.label, Qt.MouseButton.LeftButton)
    assert panel.params().top_k == 40


def test_a_neutral_value_reads_off_and_the_word_can_be_typed(qtbot: QtBot, panel: SamplingPanel) -> None:
    row = numbers(panel, "min_p").row
    panel.set_params(SamplingParams(min_p=0.0))
    panel.setFocus()
    assert row.field.text() == "off"
    panel.set_params(SamplingParams(min_p=0.2))
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "off")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert panel.params().min_p == 0.0


def test_the_lowest_end_of_a_slider_can_mean_off(panel: SamplingPanel) -> None:
    row = numbers(panel, "top_n_sigma").row
    row.slider.setValue(15)
    assert panel.params().top_n_sigma == 1.5
    row.slider.setValue(0)
    assert panel.params().top_n_sigma == -1.0


def test_a_setting_without_effect_says_why(panel: SamplingPanel) -> None:
    panel.set_params(SamplingParams(temperature=0.0))
    warning = numbers(panel, "top_p").row.warning
    assert warning.is_set()
    assert "temperature 0" in warning.reason()
    panel.set_params(SamplingParams())
    assert not warning.is_set()


def test_a_preset_keeps_the_seed_and_is_recognised(panel: SamplingPanel) -> None:
    panel.set_params(SamplingParams(seed=9, stop=("END",)))
    panel.presets.segments.button("precise").click()
    assert panel.params().temperature == builtin("precise").sampling.temperature
    assert (panel.params().seed, panel.params().stop) == (9, ("END",))
    numbers(panel, "temperature").row.slider.setValue(100)
    assert panel.presets.segments.current() is None


def test_own_presets_are_saved_picked_renamed_and_deleted_with_undo(
    qtbot: QtBot, panel: SamplingPanel
) -> None:
    mine = SamplingParams(temperature=0.33)
    panel.set_presets([PresetRecord("p1", "Mine & yours", sampling=mine)])
    _action(panel, "Mine && yours").trigger()
    assert panel.params().temperature == 0.33
    _action(panel, "Rename…").trigger()
    with qtbot.waitSignal(panel.preset_rename_requested) as renamed:
        panel.presets.editor.field.setText("Ours")
        qtbot.keyClick(panel.presets.editor.field, Qt.Key.Key_Return)
    assert renamed.args == ["p1", "Ours"]
    with qtbot.waitSignal(panel.preset_delete_requested) as deleted:
        _action(panel, "Delete").trigger()
    assert deleted.args == ["p1"]
    with qtbot.waitSignal(panel.preset_restore_requested) as restored:
        panel.presets.undo.button.click()
    assert restored.args == ["p1"]
    _action(panel, "Save as a preset…").trigger()
    panel.presets.editor.field.setText("New")
    with qtbot.waitSignal(panel.preset_save_requested) as saved:
        panel.presets.editor.button.click()
    assert saved.args == ["New", panel.params()]


def test_changes_to_an_own_preset_are_saved_with_undo(qtbot: QtBot, panel: SamplingPanel) -> None:
    mine = SamplingParams(temperature=0.33)
    panel.set_presets([PresetRecord("p1", "Mine", sampling=mine)])
    _action(panel, "Mine").trigger()
    assert "Save the changes to “Mine”" not in [each.text() for each in panel.presets.build_menu().actions()]
    numbers(panel, "temperature").row.slider.setValue(50)
    with qtbot.waitSignal(panel.preset_save_requested) as saved:
        _action(panel, "Save the changes to “Mine”").trigger()
    assert saved.args == ["Mine", panel.params()]
    with qtbot.waitSignal(panel.preset_save_requested) as taken_back:
        panel.presets.undo.button.click()
    assert taken_back.args == ["Mine", mine]
    # In another chat nothing of the preset was changed.
    panel.set_params(SamplingParams(temperature=1.1))
    assert "Save the changes to “Mine”" not in [each.text() for each in panel.presets.build_menu().actions()]


def test_reset_can_be_taken_back(panel: SamplingPanel) -> None:
    panel.set_params(SamplingParams(temperature=1.5))
    panel.reset()
    assert panel.params() == SamplingParams()
    panel.presets.undo.button.click()
    assert panel.params().temperature == 1.5


def test_the_seed_of_the_last_reply_can_be_pinned(panel: SamplingPanel) -> None:
    control = panel.control("seed")
    assert isinstance(control, SeedControl)
    panel.set_last_seed(20260417)
    assert not control.pin.isHidden()
    control.pin.click()
    assert panel.params().seed == 20260417
    control.die.click()
    assert panel.params().seed == -1


def test_stages_move_by_keyboard_and_switch_off(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.section("order").set_expanded(True)
    control = panel.control("order")
    assert isinstance(control, OrderControl)
    last = control.list.rows()[-1]
    qtbot.keyClick(last, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert panel.params().order[-2:] == ("temperature", "xtc")
    control.list.rows()[0].click()
    assert "penalties" not in panel.params().order
    assert control.list.rows()[0].stage == "penalties"
    control.reset.click()
    assert panel.params().order == DEFAULT_ORDER


def test_a_stage_is_dragged_by_its_grip(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.section("order").set_expanded(True)
    control = panel.control("order")
    assert isinstance(control, OrderControl)
    first = control.list.rows()[0]
    grip = first.rect().topLeft()
    grip.setX(10)
    grip.setY(14)
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=grip)
    for _step in range(3):
        lower = first.mapFromParent(first.pos()) + grip
        lower.setY(lower.y() + 28)
        qtbot.mouseMove(first, lower)
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=grip)
    assert panel.params().order.index("penalties") == 3
    assert control.list.rows()[3].y() == 3 * 28


def test_logit_bias_by_text_and_by_id(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.section("bias").set_expanded(True)
    control = panel.control("logit_bias")
    assert isinstance(control, BiasControl)
    for text in (" delve", "#42"):
        control.field.setText(text)
        qtbot.keyClick(control.field, Qt.Key.Key_Return)
    control.rows()[0].ban.click()
    assert panel.params().logit_bias == (
        LogitBias(bias=-100.0, text=" delve"),
        LogitBias(bias=-1.0, token_id=42),
    )
    control.rows()[1].cross.click()
    assert len(panel.params().logit_bias) == 1


def test_only_a_well_formed_schema_is_passed_on(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.section("constraints").set_expanded(True)
    control = panel.control("json_schema")
    assert isinstance(control, ConstraintControl)
    with qtbot.assertNotEmitted(panel.params_changed):
        control.area.edit.setPlainText('{"type":')
    assert "line 1" in control.error.full_text()
    control.area.edit.setPlainText('{"type": "object"}')
    assert panel.params().json_schema == '{"type": "object"}'
    assert control.error.isHidden()
    control.area.edit.setPlainText('{"type": "object"')
    assert panel.params().json_schema == '{"type": "object"}'
    assert "the last text that was" in control.error.full_text()
    control.clear.click()
    assert panel.params().json_schema == ""


def test_stop_strings_as_chips(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.section("length").set_expanded(True)
    control = panel.control("stop")
    assert isinstance(control, TextsControl)
    control.editor.field.setText("\\n\\n")
    qtbot.keyClick(control.editor.field, Qt.Key.Key_Return)
    assert panel.params().stop == ("\n\n",)
    control.editor.chips()[0].click()
    assert panel.params().stop == ()


def test_the_note_tells_when_a_change_counts(panel: SamplingPanel) -> None:
    panel.set_running(True)
    numbers(panel, "temperature").row.slider.setValue(10)
    assert "next token" in panel.note.full_text()
    panel.section("decoding").set_expanded(True)
    decoding = panel.control("decoding")
    assert isinstance(decoding, ChoiceControl)
    decoding.segments.button("greedy").click()
    assert "next reply" in panel.note.full_text()
    panel.set_running(False)
    assert panel.note.isHidden()


def test_nothing_moves_when_a_reply_begins(qtbot: QtBot, panel: SamplingPanel) -> None:
    with qtbot.waitExposed(panel):
        panel.show()
    controls = [panel.control(name) for name in ("temperature", "seed")]
    before = [control.mapTo(panel, control.rect().topLeft()) for control in controls]
    panel.set_running(True)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert panel.note.isVisible()
    assert [control.mapTo(panel, control.rect().topLeft()) for control in controls] == before


def test_the_filter_finds_parameters_by_any_of_their_names(qtbot: QtBot, panel: SamplingPanel) -> None:
    panel.filter.setText("sigma")
    assert panel.section("truncation").is_expanded()
    assert not panel.control("top_n_sigma").isHidden()
    assert panel.control("typical_p").isHidden()
    assert panel.section("dry").isHidden()
    panel.filter.setText("nothing like this")
    assert not panel.nothing.isHidden()
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert not panel.section("dry").isHidden()


def test_every_control_has_a_name_for_screen_readers(panel: SamplingPanel) -> None:
    for group in GROUP_PARAMS:
        panel.section(group).set_expanded(True)
    nameless = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.isHidden()
        and widget.focusProxy() is None
        and not widget.accessibleName()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]
    assert nameless == []


def _action(panel: SamplingPanel, text: str) -> QAction:
    menu = panel.presets.build_menu()
    return next(action for action in menu.actions() if action.text() == text)


class _Window(QWidget):
    """Tab leads through it as through the program's window."""

    def focusNextPrevChild(self, forwards: bool) -> bool:
        return go_to_next(self, forwards=forwards)


@pytest.mark.parametrize("upwards", [False, True])
def test_tab_walks_all_round_with_every_group_open(qtbot: QtBot, theme: Theme, upwards: bool) -> None:
    """Groups make their controls when they are opened, after everything that stands below them."""
    window = _Window()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    above, panel, below = QLineEdit(), SamplingPanel(theme), QLineEdit()
    for widget in (above, panel, below):
        column.addWidget(widget)
    panel.set_params(SamplingParams(decoding="contrastive"))
    window.show()
    groups = list(GROUP_PARAMS)
    for group in reversed(groups) if upwards else groups:
        panel.section(group).set_expanded(True)
    there = _walk(qtbot, above, Qt.Key.Key_Tab)
    back = _walk(qtbot, above, Qt.Key.Key_Backtab)
    assert there[-1] is below
    assert back == [above, *reversed(there[1:])]
    for group in groups:
        header = panel.section(group).header
        at = there.index(header)
        inside = [widget for widget in there if panel.section(group).body.isAncestorOf(widget)]
        assert inside == there[at + 1 : at + 1 + len(inside)], group
        assert inside, group


def _walk(qtbot: QtBot, start: QWidget, key: Qt.Key) -> list[QWidget]:
    """Every widget that the key comes by until it is back at the first one."""
    start.setFocus()
    seen: list[QWidget] = []
    focused = start
    while focused not in seen:
        seen.append(focused)
        qtbot.keyClick(focused, key)
        focused = start.window().focusWidget()
    assert focused is start
    return seen
