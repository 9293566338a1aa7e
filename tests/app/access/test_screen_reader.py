"""The program as a screen reader finds it on the accessibility bus: names, roles, values, and a chat."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TypeVar

import pytest

from tests.app.access.conftest import PAGES
from tests.support.screen_reader import FOCUSABLE, SELECTED, Desktop, Node, desktop, what_is_missing
from tests.support.sources import ROOT

MISSING = what_is_missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"the accessibility bus needs {MISSING}"),
]
T = TypeVar("T")
PATIENCE_S = 40
NO_ROLE = {"", "unknown", "invalid", "filler", "panel", "layered pane", "redundant object"}
CELLS = {"cell", "table cell"}
"""May be empty; the tests of names look at the rows of lists and tables."""
LABELLED_BY = 2
"""`AtspiRelationType`."""
WITH_VALUE = {"slider", "spin button", "progress bar", "dial"}
RAIL = {
    "chat": "Chat",
    "inspect": "Inspect",
    "benchmarks": "Throughput and benchmarks",
    "data": "Data",
    "finetune": "Fine-tune",
    "quantize": "Quantize",
    "models": "Models",
    "help": "Help",
    "settings": "Settings",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as found:
        yield found


@pytest.fixture(scope="module")
def window(place: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The window of the running program."""
    home = str(tmp_path_factory.mktemp("home"))
    command = [sys.executable, "-m", "app", "--home", home, "--fake-model", "--language", "en"]
    with subprocess.Popen([*command, "--first-run", "skip"], env=place.environment, cwd=ROOT) as process:
        try:
            yield until(lambda: loaded_window(place))
        finally:
            process.terminate()


def loaded_window(place: Desktop) -> Node | None:
    """None while the model is not there yet."""
    for program in place.programs():
        for frame in program.children():
            if any(node.name.startswith("Model: scripted") for node in frame.walk()):
                return frame
    return None


def until(ask: Callable[[], T | None], patience_s: float = PATIENCE_S) -> T:
    """What `ask` finds. Nothing tells us: signals of the bus would need a loop of their own."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        with suppress(LookupError):  # what is asked changes meanwhile
            found = ask()
            if found is not None:
                return found
        time.sleep(0.1)
    raise TimeoutError


def show(window: Node, page: str) -> None:
    window.find("check box", RAIL[page]).press()
    until(lambda: window.name.startswith(RAIL[page]) or None)


def wrong_with(node: Node) -> list[str]:
    role = node.role
    wrong = []
    if not node.name.strip():
        wrong.append("no name")
    if role in NO_ROLE:
        wrong.append(f"role “{role}”")
    if role in WITH_VALUE and not node.has("Value"):
        wrong.append("no value")
    return wrong


def has_ended(window: Node) -> bool:
    """Whether Send stands where Stop was."""
    return any(node.role == "push button" and node.name == "Send" for node in window.walk())


def tabs(window: Node) -> list[str]:
    return [node.name for node in window.walk() if node.role == "page tab"]


def open_tab(window: Node, name: str) -> None:
    window.find("page tab", name).press()
    until(lambda: window.find("page tab", name).is_in(SELECTED) or None)


def test_every_page_is_on_the_bus(window: Node) -> None:
    """Each page, and each of its tabs."""
    wrong: set[str] = set()
    controls = opened = 0
    for page in PAGES:
        show(window, page)
        for tab in ("", *tabs(window)):
            if tab:
                open_tab(window, tab)
                opened += 1
            for node in window.walk():
                if node.is_in(FOCUSABLE) and node.role not in CELLS:
                    controls += 1
                    found = f"{page} {tab}: {node.role} “{node.name}”"
                    wrong |= {f"{found}: {what}" for what in wrong_with(node)}
    assert opened > 15
    assert controls > 900
    assert wrong == set()


def test_drop_downs_say_what_they_are_for(window: Node) -> None:
    """Their name is their choice, so a label has to say the rest."""
    silent: set[str] = set()
    seen = 0
    for page in ("inspect", "data", "quantize", "settings"):
        show(window, page)
        for tab in ("", *tabs(window)):
            if tab:
                open_tab(window, tab)
            for node in window.walk():
                if node.role == "combo box":
                    seen += 1
                    with suppress(TimeoutError):
                        until(partial(labelled, node), patience_s=3)
                    if not labels(node):
                        silent.add(f"{page} {tab}: {node.name}")
    assert seen > 6
    assert silent == set()


def labelled(node: Node) -> list[str] | None:
    """None while its label is being made."""
    return labels(node) or None


def labels(node: Node) -> list[str]:
    """What labels it, by name."""
    return [
        name
        for kind, targets in node.call("Accessible", "GetRelationSet")[0]
        if kind == LABELLED_BY
        for name in (type(node)(node.bus, owner, path).name for owner, path in targets)
        if name
    ]


def test_a_chat_by_screen_reader_alone(window: Node) -> None:
    """Write, send, and read the answer without mouse and keyboard."""
    show(window, "chat")
    message = window.find("text", "Message")
    message.call("EditableText", "SetTextContents", "s", ("Why is the sky blue?",))
    window.find("push button", "Send").press()

    def answer() -> str | None:
        said = [node.name for node in window.find("list", "Conversation").children()]
        return said[1] if len(said) > 1 and has_ended(window) else None

    assert "scripted" in until(answer)
    assert "Why is the sky blue?" in window.find("list", "Conversation").children()[0].name
