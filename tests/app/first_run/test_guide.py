"""The welcome and the tour in the running program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from app.options import parse
from app.pages.help.page import TOUR
from app.pages.settings.places_row import PlacesRow
from app.settings import AppSettings
from app.theme.theme import Theme
from app.window.help_link import is_new, wants_welcome
from app.window.tour import MARGIN, Tour, TourStep, spot
from tests.app.first_run.conftest import Program
from tests.support.tiny_llama import write_tiny_llama

Start = Callable[..., Program]


def ollama_model(root: Path) -> None:
    """A model as Ollama would keep it: a manifest that names a blob."""
    blobs, manifests = root / "blobs", root / "manifests" / "registry.ollama.ai" / "library" / "small"
    blobs.mkdir(parents=True)
    manifests.mkdir(parents=True)
    digest = "0" * 64
    write_tiny_llama(root / "tiny.gguf").rename(blobs / f"sha256-{digest}")
    layer = f'{{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:{digest}"}}'
    (manifests / "latest").write_text(f'{{"layers": [{layer}]}}', encoding="utf-8")


def test_a_folder_is_new_until_a_window_or_a_command_has_used_it(home: Path) -> None:
    assert is_new(home)
    (home / "logs").mkdir()
    assert is_new(home)
    (home / "window.json").write_text("{}", encoding="utf-8")
    assert not is_new(home)
    (home / "window.json").unlink()
    (home / "lathe.db").touch()
    assert not is_new(home)


@pytest.mark.parametrize(
    ("arguments", "new", "platform", "wanted"),
    [
        ((), True, "xcb", True),
        ((), True, "cocoa", True),
        ((), False, "xcb", False),
        ((), True, "offscreen", False),
        (("--fake-model",), True, "xcb", False),
        (("--screenshot", "a.png"), True, "xcb", False),
        (("--first-run", "skip"), True, "xcb", False),
        (("--first-run", "show", "--fake-model"), False, "offscreen", True),
    ],
)
def test_who_is_welcomed(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], new: bool, platform: str, wanted: bool
) -> None:
    monkeypatch.setattr("app.window.help_link.QGuiApplication.platformName", lambda: platform)
    assert wants_welcome(parse(arguments), new) is wanted


def test_a_measured_start_is_not_welcomed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.window.help_link.QGuiApplication.platformName", lambda: "xcb")
    monkeypatch.setenv("LATHE_TELL_FIRST_PAINT", "1")
    assert not wants_welcome(parse([]), True)


def test_tests_are_not_stopped_by_it(program: Start) -> None:
    assert program("--fake-model").guide.welcome is None


def test_language_theme_and_places_take_effect_at_once(
    program: Start,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ollama_model(tmp_path / "ollama")
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    running = program("--fake-model", "--first-run", "show")
    welcome, shell = running.guide.welcome, running.application.shell
    assert welcome is not None
    assert welcome.isVisible()
    assert running.window.rect().contains(welcome.geometry())
    welcome.mode.button("light").click()
    assert shell.theme.tokens.name == "light"
    models = running.guide._models
    qtbot.waitUntil(lambda: "ollama" in welcome.places.switches, timeout=15_000)
    assert not welcome.places.switches["starter"].isEnabled()
    assert [entry.source for entry in models.files].count("ollama") == 1
    welcome.places.switches["ollama"].click()
    assert shell.settings.value("models.left_out") == ["ollama"]
    qtbot.waitUntil(lambda: all(entry.source != "ollama" for entry in models.files), timeout=15_000)
    assert "ollama" in welcome.places.switches
    welcome.places.switches["ollama"].click()
    qtbot.waitUntil(lambda: any(entry.source == "ollama" for entry in models.files), timeout=15_000)
    welcome.language.button("zh_CN").click()
    qtbot.waitUntil(shell.translator.is_chinese)
    qtbot.waitUntil(lambda: welcome.language.current() == "zh_CN")
    shell.settings.set_value("appearance.language", "en")
    qtbot.waitUntil(lambda: running.guide.welcome is not None and welcome.start.text() == "Show me around")


def test_escape_leaves_the_welcome_wherever_the_keyboard_is(program: Start, qtbot: QtBot) -> None:
    running = program("--fake-model", "--first-run", "show")
    running.window.rail.mark.setFocus()
    qtbot.keyClick(running.window.rail.mark, Qt.Key.Key_Escape)
    assert running.guide.welcome is None
    assert running.guide.tour is None


def test_after_the_welcome_one_can_write(program: Start, qtbot: QtBot) -> None:
    running = program("--fake-model", "--first-run", "show")
    window, welcome = running.window, running.guide.welcome
    assert welcome is not None
    welcome._before = None  # as at a first start, where nothing has the keyboard yet
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    chat = window.prepare_page("chat")
    assert window.focusWidget() is chat.view.composer.edit  # type: ignore[union-attr]


def test_tab_stays_inside_the_welcome(program: Start, qtbot: QtBot) -> None:
    running = program("--fake-model", "--first-run", "show")
    welcome = running.guide.welcome
    assert welcome is not None
    seen: set[QWidget] = set()
    for _ in range(12):
        focused = running.window.focusWidget()
        assert focused is not None
        assert welcome.isAncestorOf(focused)
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert len(seen) >= 5


def test_the_tour_points_at_seven_places(program: Start, qtbot: QtBot, qapp: QApplication) -> None:
    running = program("--fake-model", "--first-run", "show")
    window, welcome = running.window, running.guide.welcome
    assert welcome is not None
    was_open = window.regions.is_open("bottom")
    qtbot.keyClick(welcome.start, Qt.Key.Key_Return)
    assert running.guide.welcome is None
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # who had the keyboard before the tour is gone
    tour = running.guide.tour
    assert tour is not None
    titles = []
    while running.guide.tour is not None:
        titles.append(tour.title.full_text())
        targets = tour.targets()
        assert targets
        assert window.rect().contains(tour.geometry())
        for target in targets:
            corner = target.mapTo(window, QPoint(0, 0))
            assert not tour.geometry().contains(QRect(corner, target.size()).center())
        assert window.focusWidget() is tour.next
        qtbot.keyClick(tour.next, Qt.Key.Key_Return)
    assert len(titles) == len(set(titles)) == 7
    assert window.current_page == "chat"
    assert window.regions.is_open("bottom") == was_open


def test_a_card_ends_when_what_had_the_keyboard_is_gone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button, place = QPushButton("before", window), QLabel("here", window)
    button.setFocus()
    window.show()
    tour = Tour(window, Theme("dark"))
    tour.begin([TourStep("One", "A text.", lambda: None, lambda: [place])])
    Shiboken.delete(button)
    with qtbot.waitSignal(tour.left):
        qtbot.keyClick(tour.next, Qt.Key.Key_Return)
    assert tour.isHidden()


def ended(running: Program) -> bool:
    return running.guide.tour is None


def test_the_tour_ends_at_any_step_and_begins_again(program: Start, qtbot: QtBot) -> None:
    running = program("--fake-model")
    window = running.window
    window.show_page("settings")
    window.registry.action(TOUR).trigger()
    tour = running.guide.tour
    assert tour is not None
    assert window.current_page == "chat"
    tour.next.click()
    tour.back.click()
    assert tour.number == 0
    tour.next.click()
    qtbot.keyClick(tour.next, Qt.Key.Key_Escape)
    assert ended(running)
    window.registry.action(TOUR).trigger()
    again = running.guide.tour
    assert again is not None
    assert again.number == 0
    again.end.click()
    assert ended(running)


def test_the_program_can_be_used_during_the_tour(program: Start, qtbot: QtBot, qapp: QApplication) -> None:
    running = program("--fake-model")
    window = running.window
    window.registry.action(TOUR).trigger()
    tour = running.guide.tour
    assert tour is not None
    assert tour.scrim.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    below = window.childAt(window.rail.button("models").mapTo(window, QPoint(20, 20)))
    assert below is window.rail.button("models")
    window.resize(900, 640)
    qtbot.waitUntil(lambda: tour.scrim.size() == window.size())
    assert window.rect().contains(tour.geometry())


def test_the_help_leads_to_tools(program: Start, qtbot: QtBot) -> None:
    running = program("--fake-model")
    window = running.window
    window.registry.action("help.open").trigger()
    page = window.page("help")
    from app.pages.help.page import HelpPage

    assert isinstance(page, HelpPage)
    qtbot.waitUntil(lambda: page.current is not None)
    offered = [article.id for article in page.articles() if article.action]
    assert [article for article in page.articles() if article.action and not page._can_act(article)] == []
    assert len(offered) == 29
    page.show_article("hallucination")
    page.reading.action.click()
    assert window.current_page == "chat"
    chat = window.prepare_page("chat")
    composer = chat.view.composer  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "Trimblewick" in composer.edit.toPlainText())
    window.show_page("help")
    page.show_article("tokens")
    page.reading.action.click()
    assert window.current_page == "inspect"


@pytest.mark.parametrize(
    ("frame", "side"),
    [
        (QRect(10, 100, 50, 50), "right"),
        (QRect(900, 100, 290, 600), "left"),
        (QRect(20, 500, 1160, 290), "above"),
        (QRect(20, 10, 1160, 200), "below"),
    ],
)
def test_the_callout_stands_beside_what_it_points_at(frame: QRect, side: str) -> None:
    room, size = QRect(0, 0, 1200, 800), QSize(320, 140)
    box = QRect(spot(room, frame, size), size)
    assert room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN).contains(box)
    assert not box.intersects(frame)
    where = {
        "right": box.left() > frame.right(),
        "left": box.right() < frame.left(),
        "above": box.bottom() < frame.top(),
        "below": box.top() > frame.bottom(),
    }
    assert where[side]


def test_settings_have_the_same_switches(qtbot: QtBot) -> None:
    settings = AppSettings({"models.left_out": ["jan"]})
    row = PlacesRow(settings, Theme("dark"))
    qtbot.addWidget(row)
    assert not row.switches["jan"].isChecked()
    row.switches["ollama"].click()
    assert settings.value("models.left_out") == ["jan", "ollama"]
    settings.set_value("models.left_out", [])
    assert all(switch.isChecked() for switch in row.switches.values())
