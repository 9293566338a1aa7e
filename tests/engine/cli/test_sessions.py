"""`lathe sessions` and `lathe models`."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from engine.messages import Message
from engine.store.database import open_store
from tests.engine.cli.conftest import Cli
from tests.engine.library.tiny_gguf import tiny, write

MODEL_FIELDS = [
    "name",
    "path",
    "format",
    "architecture",
    "parameters",
    "size_bytes",
    "quantization",
    "context_length",
]


@pytest.fixture
def session(home: Path) -> str:
    """A chat with a question and two versions of the answer."""
    store = open_store(home)
    made = store.sessions.create("About \x1b[31mlathes")
    question = store.messages.add(made.id, None, Message.of("user", "What is a lathe?"))
    answer = store.messages.add(
        made.id, question.id, Message.of("assistant", "A machine."), model_name="tiny"
    )
    store.messages.add_version(answer.id, Message.of("assistant", "A machine tool. 车床"))
    store.close()
    return made.id


def test_list(cli: Cli, session: str) -> None:
    [row] = cli("sessions", "--json").objects()
    assert list(row) == ["session", "title", "updated", "messages"]
    assert (row["session"], row["messages"]) == (session, 2)
    assert datetime.fromisoformat(row["updated"]).tzinfo is not None
    head, line = cli("sessions", "list").out.splitlines()
    assert head.split() == ["SESSION", "UPDATED", "MESSAGES", "TITLE"]
    assert line.startswith(session)
    assert "\x1b" not in line


def test_show(cli: Cli, session: str) -> None:
    question, answer = cli("sessions", "show", session, "--json").objects()
    assert (question["role"], question["text"]) == ("user", "What is a lathe?")
    assert (answer["text"], answer["version"], answer["versions"]) == ("A machine tool. 车床", 2, 2)
    assert {"id", "role", "text", "model", "metrics", "version"} <= set(answer)
    assert len(cli("sessions", "show", session, "--tree", "--json").objects()) == 3
    assert "A machine tool. 车床" in cli("sessions", "show", session).out


def test_search(cli: Cli, session: str) -> None:
    [hit] = cli("sessions", "search", "车床", "--json").objects()
    assert (hit["session"], hit["role"], hit["messages"]) == (session, "assistant", 2)
    start, end = hit["ranges"][0]
    assert hit["snippet"][start:end] == "车床"
    assert "machine tool" in cli("sessions", "search", "machine", "tool").out
    nothing = cli("sessions", "search", "zebra")
    assert (nothing.code, nothing.out) == (0, "")


def test_export_and_import(cli: Cli, session: str, tmp_path: Path) -> None:
    exported = cli("sessions", "export", session).out
    assert json.loads(exported)["format"] == "lathe-chat"
    assert "A machine tool." in cli("sessions", "export", session, "--format", "markdown").out
    [row] = cli("sessions", "export", session, "--format", "messages").objects()
    assert [message["role"] for message in row["messages"]] == ["user", "assistant"]
    target = tmp_path / "chat.json"
    assert cli("sessions", "export", session, "--out", target).out == ""
    assert target.read_text("utf-8") == exported
    [imported] = cli("sessions", "import", target, "--json").objects()
    assert imported["session"] != session
    assert imported["messages"] == 2
    [again] = cli("sessions", "import", "-", "--json", stdin=exported).objects()
    assert len({session, imported["session"], again["session"]}) == 3


def test_import_of_rubbish(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{")
    result = cli("sessions", "import", tmp_path / "x.json")
    assert result.code == 2
    assert "cannot be imported" in result.error()


def test_models(cli: Cli, starter_path: Path) -> None:
    rows = cli("models", "list", "--json").objects()
    starter = next(row for row in rows if row["path"] == str(starter_path))
    assert list(starter) == MODEL_FIELDS
    assert (starter["format"], starter["architecture"], starter["quantization"]) == ("gguf", "llama", "Q4_1")
    (shown,) = cli("models", "show", "starter", "--json").objects()
    assert {name: shown[name] for name in MODEL_FIELDS} == starter
    assert shown["fit"]["total_bytes"] > shown["fit"]["weights_bytes"] > 90_000_000
    assert [share["type"] for share in shown["tensors"]] == ["Q4_1", "Q8_0", "F32"]
    assert shown["lineage"] == []
    assert "135 M" in cli("models", "show", "starter").out
    assert cli("models").out.splitlines()[0].split()[:3] == ["NAME", "PARAMETERS", "SIZE"]


def test_scan_adds_a_folder(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    write(folder / "mine.gguf", tiny())
    (folder / "broken.gguf").write_bytes(b"GGUF")
    once = cli("models", "scan", folder, "--once", "--json")
    assert [Path(row["path"]).name for row in once.objects()] == ["mine.gguf"]
    assert once.err.startswith("lathe: note: ")
    names = [row["path"] for row in cli("models", "--json").objects()]
    assert str(folder / "mine.gguf") not in names
    cli("models", "scan", folder)
    names = [row["path"] for row in cli("models", "--json").objects()]
    assert str(folder / "mine.gguf") in names


def test_unknown_model(cli: Cli) -> None:
    result = cli("models", "show", "smollm2-135m")
    assert result.code in (0, 2)
    result = cli("models", "show", "SmolLM2-135M-Instrukt")
    assert result.code == 2
    assert "Did you mean “SmolLM2-135M-Instruct" in result.error()
