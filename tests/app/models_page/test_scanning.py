"""How the models that a scan finds come into the window, and how a scan ends."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from app.controllers.chat_controllers import ChatControllers
from app.page_factory import PageParts, make_models_page
from app.pages.chat.panels import ChatPanels
from app.settings import AppSettings
from app.shell import Shell
from app.theme.theme import Theme
from app.widgets.header_memory import HeaderMemory
from engine.errors import UserError
from engine.library.entries import ModelEntry
from engine.library.job import SLICE, slices
from engine.library.scanning import ScanNews
from engine.protocol.jobs import JobFailed
from tests.app.models_page.conftest import World
from tests.app.models_page.test_models_page import model

Make = Callable[[], World]


def entries(folder: Path, count: int) -> tuple[ModelEntry, ...]:
    return tuple(
        ModelEntry(f"m{number}", f"{folder}/m{number}.gguf", "gguf", "llama", 1, 2, "F16", 3, "folder")
        for number in range(count)
    )


def test_a_first_list_is_shown_as_it_comes(world: Make, folder: Path) -> None:
    page = world()
    page.wait_ready()
    library = page.models.library
    first, *others = slices(ScanNews("all", entries(folder, 3 * SLICE)))
    library._take(first)
    assert len(page.names()) == SLICE
    with page.qtbot.waitSignal(library.listed):
        for each in others:
            library._take(each)
    assert len(page.names()) == len(library.choices) == 3 * SLICE


def test_a_list_that_replaces_another_is_shown_when_it_is_whole(world: Make, folder: Path) -> None:
    page = world()
    page.wait_ready()
    library = page.models.library
    before, after = entries(folder, 2 * SLICE), entries(folder, 2 * SLICE + 1)[1:]
    for each in slices(ScanNews("all", before)):
        library._take(each)
    page.page.table.mark(before[9].path)
    first, last = slices(ScanNews("all", after))
    library._take(first)
    library._grow()
    assert library.entries == before
    library._take(last)
    assert library.entries == after
    row = page.page.table.current_row()
    assert row is not None
    assert row.key == before[9].path, "the mark stays"


def test_half_a_list_does_not_replace_a_whole_one(world: Make, folder: Path) -> None:
    page = world()
    page.wait_ready()
    library = page.models.library
    before = entries(folder, 2 * SLICE)
    for each in slices(ScanNews("all", before)):
        library._take(each)
    library._take(slices(ScanNews("all", before[1:]))[0])
    called: list[int] = []
    with page.qtbot.waitSignal(library.failed) as failed:
        library._end(JobFailed("job.died", {"reason": "it was killed"}), [lambda: called.append(1)])
    assert failed.args is not None
    assert isinstance(failed.args[0], UserError)
    assert failed.args[0].code == "job.died"
    assert library.entries == before
    assert called == [1], "whoever waited for the scan goes on"


def test_a_process_that_dies_is_told_and_the_next_look_works(world: Make, folder: Path) -> None:
    model(folder / "m.gguf")
    page = world()
    page.wait_ready()
    library = page.models.library
    with page.qtbot.waitSignal(library.failed, timeout=10_000) as failed:
        library.refresh([str(folder)])
        scan = library._scan
        assert scan is not None
        page.qtbot.waitUntil(lambda: scan._process is not None)
        assert scan._process is not None
        scan._process._process.kill()
    assert failed.args is not None
    assert isinstance(failed.args[0], UserError)
    page.qtbot.waitUntil(page.page.rescan.isEnabled)
    page.page.rescan.click()
    page.wait_for("m")


@pytest.mark.parametrize("started", [True, False])
def test_closing_ends_the_process(world: Make, folder: Path, started: bool) -> None:
    model(folder / "m.gguf")
    page = world()
    page.wait_ready()
    library = page.models.library
    library.refresh([str(folder)])
    scan = library._scan
    assert scan is not None
    if started:
        page.qtbot.waitUntil(lambda: scan._process is not None)
    page.close()
    assert scan._process is None or scan._process.wait(10)


def test_the_page_is_made_in_pieces(world: Make, folder: Path) -> None:
    model(folder / "m.gguf")
    page = world()
    at_first = page.page.made
    assert page.page.centre().isVisible()
    page.page.finish()
    page.page.finish()
    assert (at_first, page.page.made) == (False, True)
    places = page.page.navigator()
    assert places is not None
    assert places.isAncestorOf(page.page.places)
    page.wait_for("m")


def test_the_program_makes_the_page_and_keeps_its_columns(world: Make, theme: Theme) -> None:
    page = world()
    shell = SimpleNamespace(window=page.host, theme=theme, settings=AppSettings(), registry=None)
    base = SimpleNamespace(models=page.models, background=page.background)
    made = make_models_page(PageParts(cast(Shell, shell), cast(ChatControllers, base), ChatPanels))
    made.finish()
    assert made.table.horizontalHeader().findChild(HeaderMemory) is not None
    made.deleteLater()
