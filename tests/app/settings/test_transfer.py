"""Settings as a file, and back to their defaults."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.pages.settings.section import Section
from app.settings import DEFAULTS
from app.settings_file import NotSettings, from_text, to_text
from engine.errors import UserError
from tests.app.settings.conftest import Desk


def test_what_is_written_is_read() -> None:
    values = {**DEFAULTS, "chat.follow": False, "models.folders": ["/Ünï/模型"]}
    found = from_text(to_text(values))
    assert found.values == values
    assert found.ignored == []


def test_no_setting_is_a_secret() -> None:
    """Keys and tokens are in the keyring; a setting that sounds like one must not be exported."""
    text = to_text(DEFAULTS).lower()
    assert not any(word in text for word in ("token", "secret", "password", "api_key"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", '{"values": {}}', '{"lathe_settings": 1}', "[" * 99_999]
)
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(NotSettings):
        from_text(text)


def test_values_that_do_not_fit_are_left_out() -> None:
    values = {
        "chat.follow": 1,
        "engine.n_ctx": "x",
        "models.folders": [3],
        "no.such": 1,
        "chat.auto_title": False,
    }
    found = from_text(json.dumps({"lathe_settings": 1, "values": values}))
    assert found.values == {"chat.auto_title": False}
    assert len(found.ignored) == 4


def test_export_import_and_undo(desk: Desk, tmp_path: Path) -> None:
    settings = desk.frame.settings
    settings.set_value("chat.send_key", "ctrl_enter")
    path = tmp_path / "settings.json"
    desk.page.transfer.export(path)
    desk.until(lambda: desk.host.toasts)
    settings.reset("chat.send_key")
    desk.page.transfer.load(path)
    desk.until(lambda: len(desk.host.toasts) == 2)
    assert settings.value("chat.send_key") == "ctrl_enter"
    desk.host.actions[-1]()
    assert settings.value("chat.send_key") == "enter"


def test_an_import_that_works_takes_the_error_of_the_last_one_away(desk: Desk, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.json", tmp_path / "good.json"
    bad.write_text("{", encoding="utf-8")
    good.write_text(to_text({"chat.follow": False}), encoding="utf-8")
    desk.page.transfer.load(bad)
    desk.until(lambda: desk.host.errors)
    desk.page.transfer.load(good)
    desk.until(lambda: desk.host.toasts)
    assert desk.host.errors == []


def test_an_import_keeps_to_what_the_page_offers(desk: Desk, tmp_path: Path) -> None:
    values = {"appearance.theme": "pink", "engine.n_threads": 100_000, "chat.follow": False}
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"lathe_settings": 1, "values": values}), encoding="utf-8")
    desk.page.transfer.load(path)
    desk.until(lambda: desk.host.toasts)
    assert desk.frame.settings.value("appearance.theme") == "system"
    assert desk.frame.settings.value("engine.n_threads") == 0
    assert desk.frame.settings.value("chat.follow") is False
    assert "2" in desk.host.toasts[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"no JSON", None])
def test_a_file_that_is_none_is_said(desk: Desk, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.json"
    if content is not None:
        path.write_bytes(content)
    desk.page.transfer.load(path)
    desk.until(lambda: desk.host.errors)
    [error] = desk.host.errors
    assert isinstance(error, UserError)
    assert error.code == "settings.unreadable"


def test_a_section_is_reset_and_that_is_undone(desk: Desk) -> None:
    settings = desk.frame.settings
    sections = {section.id: section for section in desk.page.centre().findChildren(Section)}
    chat = sections["chat"]
    assert not chat.reset_button.isVisible()
    settings.set_value("chat.follow", False)
    settings.set_value("engine.n_ctx", 4096)
    assert chat.reset_button.isVisible()
    chat.reset_button.click()
    assert settings.value("chat.follow") is True
    assert settings.value("engine.n_ctx") == 4096
    assert not chat.reset_button.isVisible()
    desk.host.actions[-1]()
    assert settings.value("chat.follow") is False


def test_resetting_the_keyboard_gives_the_keys_back(desk: Desk) -> None:
    registry, settings = desk.frame.registry, desk.frame.settings
    registry.set_shortcut("view.full_screen", "F7")
    settings.set_value("keyboard.shortcuts", registry.overrides())
    desk.page.transfer.reset(["keyboard.shortcuts"])
    assert registry.shortcut("view.full_screen") == "F11"
    desk.host.actions[-1]()
    assert registry.shortcut("view.full_screen") == "F7"


def test_every_button_has_a_name(desk: Desk) -> None:
    for button in desk.page.centre().findChildren(QPushButton):
        assert button.accessibleName() or button.text()
