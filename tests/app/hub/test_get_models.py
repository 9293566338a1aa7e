"""The dialog “Get models” against a hub on this machine."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from app.pages.models.get.dialog import GetModelsDialog
from app.pages.models.get.link import GetModelsLink
from app.pages.models.get.settings_dialog import HubSettingsDialog
from app.settings import OFFLINE, AppSettings
from app.theme.theme import Theme
from engine.hub.settings import SETTING, HubSettings, settings_from
from tests.app.chat.conftest import Bench, make_bench, script
from tests.engine.hub.conftest import FOLDER, GGUF, gguf, hub
from tests.support.hub_server import Faults, HubServer

__all__ = ["gguf", "hub", "make_bench", "script"]


@dataclass
class Counter:
    """The dialog and what it talks to."""

    dialog: GetModelsDialog
    bench: Bench
    hub: HubServer
    settings: AppSettings

    def until(self, condition: Callable[[], object]) -> None:
        self.bench.qtbot.waitUntil(lambda: bool(condition()), timeout=30_000)

    def search(self, text: str) -> None:
        self.dialog.bar.text.setText(text)
        self.dialog.bar.button.click()

    def offered(self, repo: str) -> None:
        offer = self.dialog.offer
        self.until(lambda: offer.listed is not None and offer.listed.repo == repo)

    def mark(self, label: str) -> None:
        offer = self.dialog.offer
        rows = [offer.variants.row(n).label for n in range(offer.variants.rowCount())]
        offer.table.selectRow(rows.index(label))


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def counter(
    make_bench: Callable[..., Bench],
    hub: HubServer,
    theme: Theme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Counter]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    gc.disable()
    bench = make_bench(load=False)
    dialog = GetModelsDialog(theme, bench.page.view)
    app_settings = AppSettings()
    GetModelsLink(dialog, bench.controllers, app_settings, theme)
    dialog.show()
    counter = Counter(dialog, bench, hub, app_settings)
    counter.until(dialog.source.text)
    yield counter
    # Questions that are under way have processes, which end with their answers.
    counter.until(lambda: all(asking.ended for asking in bench.controllers.jobs._askings))
    gc.enable()


def test_nothing_is_asked_before_the_user_searches(counter: Counter) -> None:
    assert counter.dialog.stack.currentWidget() is counter.dialog.empty
    assert counter.hub.requests == []


def test_search_shows_repositories_and_the_files_of_the_first(counter: Counter) -> None:
    counter.search("tiny")
    counter.offered(GGUF)
    dialog = counter.dialog
    assert dialog.stack.currentWidget() is dialog.table
    assert dialog.models.row(0).downloads == 500
    marked = dialog.offer.current()
    assert marked is not None
    assert marked.label == "Q4_K_M"
    assert "Download" in dialog.offer.download.text()
    assert not any(path.startswith("/content/") and not asked for _, path, asked, _ in counter.hub.requests)


def test_another_format(counter: Counter) -> None:
    counter.dialog.bar.format.set_current("safetensors")
    counter.search("tiny")
    counter.offered(FOLDER)


def test_nothing_found_and_a_hub_that_is_gone(counter: Counter) -> None:
    counter.search("no such thing")
    counter.until(lambda: counter.dialog.stack.currentWidget() is counter.dialog.nothing)
    counter.hub.search_status = 503
    counter.search("tiny")
    counter.until(counter.dialog.problem.isVisible)
    assert "503" in counter.dialog.problem.text()
    assert counter.dialog.bar.button.isEnabled()


def test_a_download_ends_in_the_library(counter: Counter) -> None:
    counter.search("tiny")
    counter.offered(GGUF)
    counter.mark("Q4_K_M")
    counter.dialog.offer.download.click()
    jobs = counter.bench.controllers.jobs
    counter.until(lambda: jobs.records and jobs.records[0].ended)
    record = jobs.records[0]
    assert record.status == "done", record.result
    assert not record.heavy
    folder = counter.bench.controllers.models.home / "models" / "org" / "Tiny-GGUF"
    assert (folder / "Tiny-Q4_K_M.gguf").is_file()
    offer = counter.dialog.offer
    counter.until(lambda: "already" in offer.hint.text())


def test_a_download_shows_progress_and_is_cancelled(counter: Counter) -> None:
    counter.hub.repos[GGUF].faults["Tiny-Q8_0.gguf"] = Faults(seconds_per_piece=0.05)
    counter.search("tiny")
    counter.offered(GGUF)
    counter.mark("Q8_0")
    offer = counter.dialog.offer
    offer.download.click()
    counter.until(lambda: offer.progress.isVisible() and offer.progress.value() > 50)
    assert not offer.download.isVisible()
    offer.cancel.click()
    counter.until(lambda: not counter.bench.controllers.jobs.busy)
    counter.until(lambda: "Continue" in offer.download.text())


def test_a_connection_that_broke_off_is_said_while_it_is_waited_for(counter: Counter) -> None:
    counter.hub.repos[GGUF].faults["Tiny-Q8_0.gguf"] = Faults(statuses=[503], retry_after="2")
    counter.search("tiny")
    counter.offered(GGUF)
    counter.mark("Q8_0")
    offer = counter.dialog.offer
    offer.download.click()
    counter.until(lambda: "again in 2 seconds" in offer.hold_up.full_text())
    counter.until(lambda: not counter.bench.controllers.jobs.busy)
    assert offer.hold_up.isHidden()


def test_a_wrong_checksum_is_said(counter: Counter) -> None:
    counter.hub.repos[GGUF].faults["Tiny-Q4_K_M.gguf"] = Faults(wrong_bytes=9)
    counter.search("tiny")
    counter.offered(GGUF)
    counter.dialog.offer.download.click()
    counter.until(counter.dialog.problem.isVisible)
    assert "checksum" in counter.dialog.problem.text()


def test_settings_are_kept_and_offline_is_the_switch_of_the_program(counter: Counter) -> None:
    counter.dialog.bar.settings.click()
    counter.until(lambda: counter.dialog.findChildren(HubSettingsDialog))
    settings = counter.dialog.findChildren(HubSettingsDialog)[0]
    settings.address.setText("not an address")
    settings.save_button.click()
    assert settings.problem.isVisible()
    settings.address.setText("http://mirror.example")
    settings.offline.setChecked(True)
    settings.save_button.click()
    dialog = counter.dialog
    assert dialog.stack.currentWidget() is dialog.offline
    assert dialog.source.text() == "mirror.example"
    counter.search("tiny")
    assert "mirror.example was not contacted" in dialog.problem.text()
    assert counter.hub.requests == []
    assert counter.settings.value(OFFLINE) is True
    counter.settings.set_value(OFFLINE, False)
    assert dialog.stack.currentWidget() is dialog.empty
    assert not dialog.problem.isVisible()
    stored: list[object] = []
    counter.bench.controllers.access.run(lambda store: store.settings.get(SETTING, {}), stored.append)
    counter.until(lambda: stored)
    assert settings_from(stored[0]) == HubSettings("http://mirror.example")
