"""The help page: list, search, reading, the way on, the button, the language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry, CommandSpec
from app.i18n.translator import Translator
from app.pages.help.articles import KEYS_ID
from app.pages.help.keys import key_rows
from app.pages.help.page import TOUR, HelpPage
from app.pages.help.topics import topic_of
from app.panels.sampling.panel import SamplingPanel
from app.theme.theme import Theme
from tests.app.help.conftest import RecordingTools


@pytest.fixture
def tools() -> RecordingTools:
    return RecordingTools()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, tools: RecordingTools) -> Iterator[HelpPage]:
    """Read, with its two widgets in one window."""
    theme, registry, translator = Theme("dark"), CommandRegistry(), Translator()
    registry.register(CommandSpec("view.full_screen", "Full screen", "F11", "View"), lambda: None)
    translator.use("en")
    made = HelpPage(registry, theme, translator, tools)
    window = QWidget()
    qtbot.addWidget(window)
    for widget in (made.navigator(), made.centre()):
        assert widget is not None
        widget.setParent(window)
    made.centre().setGeometry(260, 0, 900, 700)
    window.resize(1160, 700)
    window.show()
    qtbot.waitUntil(lambda: made.current is not None)
    yield made
    made.reading.document.formulas.close()
    translator.use("en")


def test_it_begins_with_the_first_steps(page: HelpPage) -> None:
    assert page.current is not None
    assert page.current.id == "first-steps"
    assert not page.reading.previous.isVisible()
    assert page.reading.next.isVisible()
    assert "Enter" in page.reading.document.message_text("first-steps")


def test_previous_and_next_go_through_all(page: HelpPage) -> None:
    seen = []
    for _ in page.articles():
        assert page.current is not None
        seen.append(page.current.id)
        page.step(1)
    assert seen == [article.id for article in page.articles()]
    assert not page.reading.next.isVisible()
    page.reading.previous.click()
    assert page.current is not None
    assert page.current.id == seen[-2]


def test_the_list_follows_and_leads(page: HelpPage) -> None:
    page.show_article("decoding")
    item = page.list.currentItem()
    assert item is not None
    assert item.text() == "Choosing a token"
    page.list.setCurrentRow(page.list.currentRow() + 1)
    assert page.current is not None
    assert page.current.id == "speed"


def test_search_narrows_the_list_and_leaves_the_article(page: HelpPage, qtbot: QtBot) -> None:
    page.show_article("decoding")
    page.search.setText("minhash")
    assert page.list.ids() == ["corpus"]
    assert page.current is not None
    assert page.current.id == "decoding"
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.current.id == "corpus"
    page.search.setText("no such words anywhere")
    assert page.list.ids() == []
    assert page.list.count() == 1
    page.search.clear()
    assert len(page.list.ids()) == len(page.articles())


def test_the_button_is_there_only_where_it_leads_somewhere(page: HelpPage, tools: RecordingTools) -> None:
    page.show_article("attention")
    assert page.reading.action.isVisible()
    assert page.reading.action.text() == "Watch an induction head"
    page.reading.action.click()
    assert tools.opened == ["attention"]
    page.show_article("quantization")  # its tool is not there in this test
    assert not page.reading.action.isVisible()
    page.show_article("images")  # has none
    assert not page.reading.action.isVisible()


def test_related_articles_open(page: HelpPage) -> None:
    page.show_article("attention")
    page.reading.opened.emit("context")
    assert page.current is not None
    assert page.current.id == "context"


def test_unknown_ids_show_the_first_article(page: HelpPage) -> None:
    page.show_article("nothing of that name")
    assert page.current is not None
    assert page.current.id == "first-steps"


def test_an_article_can_be_asked_for_before_they_are_read(qtbot: QtBot, tools: RecordingTools) -> None:
    theme, translator = Theme("dark"), Translator()
    page = HelpPage(CommandRegistry(), theme, translator, tools)
    qtbot.addWidget(page.centre())
    page.show_article("memory")
    qtbot.waitUntil(lambda: page.current is not None)
    assert page.current is not None
    assert page.current.id == "memory"
    page.reading.document.formulas.close()


def test_keys_are_those_of_now(page: HelpPage) -> None:
    registry = page._registry
    assert ("View", "F11", "Full screen") in key_rows(registry)
    page.show_article(KEYS_ID)
    registry.set_shortcut("view.full_screen", "Ctrl+F12")
    assert "Ctrl+F12" in page.reading.document.message_text(KEYS_ID)


def test_another_language_keeps_the_article(page: HelpPage, qtbot: QtBot) -> None:
    page.show_article("memory")
    page._translator.use("zh_CN")
    QCoreApplication.sendEvent(page.centre(), QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: page.current is not None and page.current.title == "内存")
    assert "参数" in page.reading.document.message_text("memory")
    page._translator.use("en")
    QCoreApplication.sendEvent(page.centre(), QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: page.current is not None and page.current.title == "Memory")


def test_the_tour_is_offered_once_there_is_one(page: HelpPage) -> None:
    began: list[bool] = []
    assert not page.tour.isVisible()
    page._registry.register(CommandSpec(TOUR, "Show me around"), lambda: began.append(True))
    assert page.tour.isVisible()
    page.tour.click()
    assert began == [True]


def test_help_knows_what_has_the_keyboard(qtbot: QtBot, qapp: QApplication) -> None:
    panel = SamplingPanel(Theme("dark"))
    qtbot.addWidget(panel)
    field = panel.findChildren(QLineEdit)[0]
    assert topic_of(field) == "decoding"
    label = QLabel()
    qtbot.addWidget(label)
    assert topic_of(label) == ""
    assert topic_of(None) == ""
