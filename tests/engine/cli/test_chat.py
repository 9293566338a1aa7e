"""`lathe chat` with the scripted model, in this process."""

import json
from collections.abc import Callable
from pathlib import Path

from engine.store.database import open_store
from tests.engine.cli.conftest import Cli

Script = Callable[..., Path]
DONE_FIELDS = [
    "event",
    "session",
    "message",
    "text",
    "finish_reason",
    "prompt_tokens",
    "output_tokens",
    "ttft_ms",
    "input_tps",
    "output_tps",
]


def test_text_goes_to_stdout_alone(cli: Cli, script: Script) -> None:
    result = cli("chat", "--fake-model", script("Hello there.\n\nBye"), "--prompt", "Hi")
    assert (result.code, result.out, result.err) == (0, "Hello there.\n\nBye\n", "")


def test_json_events(cli: Cli, script: Script) -> None:
    result = cli("chat", "--fake-model", script("Ünïcode 語 <b"), "--prompt", "Hi", "--json", "--seed", 5)
    *tokens, done = result.objects()
    assert all(set(token) == {"event", "id", "text", "logprob"} for token in tokens)
    assert all(token["event"] == "token" and isinstance(token["id"], int) for token in tokens)
    assert "".join(token["text"] for token in tokens) == done["text"] == "Ünïcode 語 <b"
    assert list(done)[: len(DONE_FIELDS)] == DONE_FIELDS
    assert done["output_tokens"] == len(tokens)
    assert done["finish_reason"] == "stop"
    assert done["seed"] == 5


def test_text_held_back_is_in_the_last_token(cli: Cli, script: Script) -> None:
    """“EN” may become the stop string until the reply ends."""
    result = cli("chat", "--fake-model", script("The EN"), "--prompt", "Hi", "--json", "--stop", "END")
    *tokens, done = result.objects()
    assert "".join(token["text"] for token in tokens) == done["text"] == "The EN"


def test_reasoning_stands_apart(cli: Cli, script: Script) -> None:
    path = script("<think>let me see</think>\n\nFour.")
    *tokens, done = cli("chat", "--fake-model", path, "--prompt", "2+2?", "--json").objects()
    assert "".join(token["text"] for token in tokens) == done["text"] == "Four."
    assert "".join(token.get("thinking", "") for token in tokens) == done["thinking"] == "let me see"
    assert cli("chat", "--fake-model", path, "--prompt", "2+2?").out == "Four.\n"


def test_length_is_told(cli: Cli) -> None:
    done = cli("chat", "--fake-model", "--prompt", "Hi", "--json", "--max-tokens", 3).done()
    assert (done["finish_reason"], done["output_tokens"]) == ("length", 3)


def test_a_full_context_is_a_length(cli: Cli, starter_path: Path) -> None:
    options = ("--ctx-size", 256, "--grammar", "root ::= [a-z] root", "--flash-attention", "off", "--json")
    done = cli("chat", "--model", starter_path, "--prompt", "Hi", *options).done()
    assert (done["finish_reason"], done["context_full"]) == ("length", True)


def test_prompt_from_stdin(cli: Cli, script: Script, home: Path) -> None:
    cli("chat", "--fake-model", script("ok"), "--prompt", "-", stdin="one\ntwo\n")
    store = open_store(home)
    session = store.sessions.list()[0]
    assert store.messages.path(session.id)[0].message.text() == "one\ntwo"
    store.close()


def test_the_turn_is_stored_and_goes_on(cli: Cli, script: Script, home: Path) -> None:
    path = script("first")
    first = cli(
        "chat", "--fake-model", path, "--prompt", "What is  a\nlathe?", "--json", "--system", "Be brief.",
        "--temperature", "0.3", "--ctx-size", "2048",
    ).done()  # fmt: skip
    second = cli(
        "chat",
        "--fake-model",
        path,
        "--prompt",
        "And now?",
        "--json",
        "--session",
        first["session"][-8:].lower(),
    ).done()
    assert second["session"] == first["session"]
    store = open_store(home)
    session = store.sessions.get(first["session"])
    texts = [record.message.text() for record in store.messages.path(session.id)]
    assert texts == ["What is  a\nlathe?", "first", "And now?", "first"]
    assert (session.title, session.title_is_auto) == ("What is a lathe?", True)
    assert session.settings.prompt.system == "Be brief."
    assert session.settings.sampling.temperature == 0.3
    assert session.settings.context.n_ctx == 2048
    reply = store.messages.reply(second["message"])
    assert reply is not None
    assert reply.provenance.context.n_ctx == 2048
    store.close()


def test_last_names_the_latest_chat(cli: Cli, script: Script) -> None:
    path = script("ok")
    first = cli("chat", "--fake-model", path, "--prompt", "a", "--json").done()
    again = cli("chat", "--fake-model", path, "--prompt", "b", "--json", "--session", "last").done()
    assert again["session"] == first["session"]


def test_worker_that_dies(cli: Cli, script: Script, home: Path) -> None:
    # Slow enough that no token waits for the next one on its way.
    path = script({"text": "one two three four", "fail": "crash", "delay_ms": 50})
    result = cli("chat", "--fake-model", path, "--prompt", "Hi")
    assert result.code == 2
    assert result.out == "one two\n"
    assert "The engine process stopped unexpectedly" in result.error()
    store = open_store(home)
    reply = store.messages.path(store.sessions.list()[0].id)[-1]
    assert (reply.message.text(), reply.status) == ("one two", "failed")
    store.close()


def test_bug_in_the_worker(cli: Cli, script: Script, home: Path) -> None:
    result = cli(
        "chat", "--fake-model", script({"text": "one two", "fail": "bug"}), "--prompt", "Hi", "--json"
    )
    assert result.code == 1
    assert "RuntimeError: the script says so" in result.error()
    [report] = (home / "reports").iterdir()
    assert "Traceback" in report.read_text("utf-8")


def test_error_of_the_engine(cli: Cli, script: Script) -> None:
    result = cli("chat", "--fake-model", script({"text": "one two", "fail": "user"}), "--prompt", "Hi")
    assert result.code == 2
    assert "There was not enough memory" in result.error()


def test_message_that_does_not_fit(cli: Cli) -> None:
    result = cli("chat", "--fake-model", "--prompt", "word " * 5000)
    assert result.code == 2
    assert "Shorten it, or raise the context length." in result.error()


def test_script_that_is_none(cli: Cli, tmp_path: Path) -> None:
    result = cli("chat", "--fake-model", tmp_path / "none.json", "--prompt", "Hi")
    assert result.code == 2
    assert "There is no file" in result.error()


def test_file_that_is_no_model(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"not a model")
    result = cli("chat", "--model", tmp_path / "x.gguf", "--prompt", "Hi")
    assert result.code == 2
    assert "is not a GGUF model" in result.error()


def test_damaged_database_is_told_and_kept(cli: Cli, script: Script, home: Path) -> None:
    (home / "lathe.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    result = cli("chat", "--fake-model", script("ok"), "--prompt", "Hi")
    assert result.code == 0
    assert result.out == "ok\n"
    assert result.err.startswith("lathe: note: The database")
    assert list(home.glob("lathe.db.corrupt-*"))


def test_bench(cli: Cli, home: Path) -> None:
    result = cli("bench", "--fake-model", "--scenario", "chat", "--scenario", "batch", "--json")
    assert [row["scenario"] for row in result.objects()] == ["chat", "batch"]
    named = {"scenario", "ttft_ms", "input_tps", "output_tps", "peak_rss_bytes"}
    assert all(named <= set(row) and row["peak_rss_bytes"] > 0 for row in result.objects())
    store = open_store(home)
    assert sorted(record.scenario for record in store.benchmarks.list()) == ["batch", "chat"]
    store.close()


def test_json_lines_are_one_object_each(cli: Cli, script: Script) -> None:
    result = cli("chat", "--fake-model", script('a\n"b"\r\n'), "--prompt", "Hi", "--json")
    assert all(isinstance(json.loads(line), dict) for line in result.out.split("\n")[:-1])
