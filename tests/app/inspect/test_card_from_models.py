"""The way from the Models page to a model's card."""

from pytestqt.qtbot import QtBot

from app.models.library_rows import LibraryRow, endpoint_rows, model_rows
from app.pages.models.details import DetailsView
from app.theme.theme import Theme
from engine.library.entries import ModelEntry
from engine.store.records import EndpointRecord


def shown(qtbot: QtBot, theme: Theme, row: LibraryRow) -> DetailsView:
    details = DetailsView(theme)
    qtbot.addWidget(details)
    details.show()
    details.show_row(row, (), None, ())
    return details


def test_details_of_a_file_offer_its_card(qtbot: QtBot, theme: Theme) -> None:
    entry = ModelEntry("Model", "/m/a.gguf", "gguf", "llama", 1, 1, "F16", 0, "folder")
    details = shown(qtbot, theme, model_rows([entry])[0])
    assert details.action_bar.card.isVisible()
    with qtbot.waitSignal(details.action_bar.triggered) as asked:
        details.action_bar.card.click()
    assert asked.args == ["card"]


def test_an_endpoint_has_no_card(qtbot: QtBot, theme: Theme) -> None:
    details = shown(qtbot, theme, endpoint_rows([EndpointRecord("e", "Remote", "http://a/v1")])[0])
    assert not details.action_bar.card.isVisible()
