"""Tokens of several models side by side."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.panels.tokens.chips_view import ChipsView
from app.panels.tokens.flow import GAP, PADDING, Flow
from app.panels.tokens.table_model import Column
from app.panels.tokens.values import TokenSheet
from app.panels.tokens.view import TokensView
from app.theme.theme import Theme
from engine.inspection.tokens import count_tokens, token_table

PIECES = (b"<s>", b"Hello", b" world", b"\n", b"\xe4\xbd", b"\xa0")
IDS = (1, 15, 27, 13, 900, 901)
SPECIAL = (True, False, False, False, False, False)


def sheet(key: str = "a", pieces: tuple[bytes, ...] = PIECES) -> TokenSheet:
    ids, special = IDS[: len(pieces)], SPECIAL[: len(pieces)]
    return TokenSheet(
        key, f"Model {key}", tuple(token_table(ids, pieces, special)), count_tokens(ids, pieces, special)
    )


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TokensView:
    view = TokensView(theme)
    qtbot.addWidget(view)
    view.resize(1100, 500)
    view.show()
    return view


def test_chips_flow_into_lines() -> None:
    flow = Flow(["aa", "bb", "cc", "dd"], [False, False, True, False], 40, lambda text: len(text) * 5)
    # Each chip is 10 + 2 × padding wide, so two fit into 40.
    assert [(line.first, line.end) for line in flow.lines] == [(0, 2), (2, 3), (3, 4)]
    assert flow.lines[0].lefts == (0, 10 + 2 * PADDING + GAP)
    assert flow.line_of(2) == 1
    assert flow.at(0, 5) == 0
    assert flow.at(0, 10 + 2 * PADDING + GAP + 1) == 1
    assert flow.at(0, 39.5) is None
    assert flow.near(1, 100) == 2


def test_a_token_wider_than_the_view_is_cut_to_it() -> None:
    flow = Flow(["x" * 500], [False], 50, len)
    assert flow.lines[0].widths == (50,)


def test_two_models_stand_side_by_side_with_their_rates(view: TokensView) -> None:
    view.set_sheets([sheet("a"), sheet("b", PIECES[:2])])
    first, second = view.columns()
    assert first.count.full_text() == "6 tokens"
    assert second.count.full_text() == "2 tokens"
    assert first.rate.full_text().startswith("3.00 bytes per token")
    assert view.table.isVisible()
    assert view.model.rowCount() == 6


def test_choosing_a_chip_shows_its_row_and_back(view: TokensView, qtbot: QtBot) -> None:
    view.set_sheets([sheet("a"), sheet("b", PIECES[:2])])
    second = view.columns()[1]
    qtbot.mouseClick(second.chips.viewport(), Qt.MouseButton.LeftButton, pos=second.chips.place_of(1))
    assert view.model.rowCount() == 2
    assert view.table.currentIndex().row() == 1
    view.table.selectRow(0)
    assert second.chips.chosen == 0


def test_keys_walk_through_the_tokens(qtbot: QtBot, theme: Theme) -> None:
    chips = ChipsView("Tokens", theme)
    qtbot.addWidget(chips)
    chips.resize(300, 120)
    chips.set_rows(sheet().rows)
    chips.show()
    for key, chosen in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 5),
    ):
        qtbot.keyClick(chips, key)
        assert chips.chosen == chosen
    assert chips.accessibleDescription() == "“⟨A0⟩” · id 901 · bytes a0"


def test_special_tokens_are_named(qtbot: QtBot, theme: Theme) -> None:
    chips = ChipsView("Tokens", theme)
    qtbot.addWidget(chips)
    chips.set_rows(sheet().rows)
    assert chips.describe(0).endswith("special token")
    assert chips.describe(1) == "“Hello” · id 15 · bytes 48 65 6c 6c 6f"


def test_the_table_shows_ids_bytes_and_kinds(view: TokensView) -> None:
    view.set_sheets([sheet()])
    row = [view.model.index(0, column).data() for column in Column]
    assert row == ["0", "1", "<s>", "3c 73 3e", "special"]
    assert view.model.index(2, Column.TEXT).data() == "·world"


def test_ids_are_copied_as_a_list(view: TokensView, qtbot: QtBot) -> None:
    view.set_sheets([sheet()])
    with qtbot.waitSignal(view.copy_requested) as copied:
        view.columns()[0].copy_requested.emit("a")
    assert copied.args == ["[1, 15, 27, 13, 900, 901]"]
    view.table.selectRow(1)
    with qtbot.waitSignal(view.copy_requested) as copied:
        view.table.copy_pressed.emit()
    assert copied.args == ["15"]


def test_a_model_can_be_left_out(view: TokensView, qtbot: QtBot) -> None:
    view.set_sheets([sheet("a"), sheet("b")])
    with qtbot.waitSignal(view.models_changed) as changed:
        view.columns()[0].remove.click()
    assert changed.args == [["b"]]


def test_a_file_that_cannot_be_read_says_so_in_its_column(view: TokensView) -> None:
    view.set_sheets([sheet("a"), TokenSheet("b", "Broken", error="It is no GGUF file.")])
    broken = view.columns()[1]
    assert broken.problem.isVisible()
    assert not broken.chips.isVisible()


def test_the_empty_view_offers_a_model(view: TokensView) -> None:
    assert view.empty.isVisible()
    view.set_sheets([TokenSheet("a", "Model")])
    assert view.empty.isVisible()
    assert view.empty.action is not None
    assert not view.empty.action.isVisible()


def test_the_prompt_needs_no_field(view: TokensView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.source_changed) as changed:
        view.source.button("prompt").click()
    assert changed.args == ["prompt"]
    assert not view.text.isVisible()
