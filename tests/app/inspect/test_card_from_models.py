"""The way from the Models page to a model's card."""

from pytestqt.qtbot import QtBot

from app.models.model_choices import ModelChoice
from app.pages.models.details import ModelDetails
from app.theme.theme import Theme


def test_details_of_a_file_offer_its_card(qtbot: QtBot, theme: Theme) -> None:
    details = ModelDetails(theme)
    qtbot.addWidget(details)
    details.show()
    details.show_choice(ModelChoice("k", "Model", "file", path="/m/a.gguf"), "", None)
    assert details.card_button.isVisible()
    with qtbot.waitSignal(details.card_requested) as asked:
        details.card_button.click()
    assert asked.args == ["/m/a.gguf"]


def test_an_endpoint_has_no_card(qtbot: QtBot, theme: Theme) -> None:
    details = ModelDetails(theme)
    qtbot.addWidget(details)
    details.show()
    details.show_choice(ModelChoice("k", "Remote", "endpoint", endpoint_id="e"), "", None)
    assert not details.card_button.isVisible()
