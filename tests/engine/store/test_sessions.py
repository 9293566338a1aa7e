"""The list of chats, the small tables, settings, and values of other versions."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from engine.errors import UserError
from engine.messages import Message
from engine.protocol.values import GenerationMetrics, PromptOptions, Provenance
from engine.sampling.params import SamplingParams
from engine.store.database import Store, open_store
from engine.store.decode import decode_json
from engine.store.home import lathe_home
from engine.store.ids import new_id
from engine.store.records import (
    BenchmarkRecord,
    EndpointRecord,
    FolderRecord,
    MessageRecord,
    PresetRecord,
    PromptRecord,
    SessionSettings,
    StateRecord,
)

Talk = Callable[..., list[MessageRecord]]


def test_ids_sort_by_creation() -> None:
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(set(ids))
    assert {len(each) for each in ids} == {26}


def test_home_is_chosen_by_option_variable_or_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LATHE_HOME", str(tmp_path / "variable"))
    assert lathe_home(str(tmp_path / "option")) == tmp_path / "option"
    assert lathe_home() == tmp_path / "variable"
    monkeypatch.delenv("LATHE_HOME")
    assert lathe_home() == platformdirs.user_data_path("Lathe", appauthor=False)


def test_pinned_chats_come_first_then_the_ones_used_last(store: Store, talk: Talk) -> None:
    chats = [store.sessions.create(name) for name in "abc"]
    store.sessions.pin(chats[1].id, True)
    time.sleep(0.002)  # the order is by milliseconds
    talk(chats[0].id, "hello")
    assert [each.title for each in store.sessions.list()] == ["b", "a", "c"]
    assert chats[0].title_is_auto is False
    assert store.sessions.create().title_is_auto is True


def test_everything_about_a_chat_survives_reopening(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    chat = store.sessions.create()
    settings = SessionSettings(
        "m", SamplingParams(top_k=7), PromptOptions(system="s", overflow="stop"), n_probs=3
    )
    store.sessions.set_settings(chat.id, settings)
    store.sessions.rename(chat.id, "named by the model", auto=True)
    store.sessions.set_draft(chat.id, "half a thought")
    store.close()
    store = open_store(tmp_path)
    record = store.sessions.get(chat.id)
    assert (record.settings, record.title, record.title_is_auto, record.draft) == (
        settings,
        "named by the model",
        True,
        "half a thought",
    )
    store.close()


def test_delete_restore_purge(store: Store, talk: Talk) -> None:
    chat, kept = store.sessions.create("a"), store.sessions.create("b")
    talk(chat.id, "x", "y")
    store.sessions.delete(chat.id)
    assert [each.id for each in store.sessions.list()] == [kept.id]
    assert [each.id for each in store.sessions.list(deleted=True)] == [chat.id]
    assert store.sessions.purge(60_000) == []
    store.sessions.restore(chat.id)
    assert len(store.messages.path(chat.id)) == 2
    store.sessions.delete(chat.id)
    assert store.sessions.purge(-1) == [chat.id]
    with pytest.raises(UserError) as caught:
        store.sessions.get(chat.id)
    assert caught.value.code == "session.unknown"
    assert store._db.rows("SELECT * FROM messages") == []


def test_purging_keeps_what_a_fork_shows_and_removes_the_state_file(store: Store, talk: Talk) -> None:
    chat = store.sessions.create("origin")
    first = talk(chat.id, "a", "b", "c")
    state = store.home / "state.bin"
    state.write_bytes(b"kv")
    store.states.save(StateRecord(chat.id, str(state), "h", "k", 3, 2))
    fork = store.sessions.fork(chat.id, first[1].id)
    store.sessions.delete(chat.id)
    store.sessions.purge(-1)
    assert [each.message.text() for each in store.messages.path(fork.id)] == ["a", "b"]
    assert store.messages.get(first[0].id).session_id == fork.id
    assert len(store._db.rows("SELECT * FROM messages")) == 2
    assert not state.exists()
    assert store.states.list() == []


def test_folders_group_chats_and_come_back_with_them(store: Store) -> None:
    work = store.folders.save(FolderRecord("", "Work", 2))
    home = store.folders.save(FolderRecord("", "Home", 1))
    assert store.folders.list() == [home, work]
    chat = store.sessions.create(folder_id=work.id)
    store.folders.save(FolderRecord(work.id, "Job", 0))
    assert [each.name for each in store.folders.list()] == ["Job", "Home"]
    assert store.sessions.get(chat.id).folder_id == work.id
    store.folders.delete(work.id)
    assert store.sessions.get(chat.id).folder_id is None
    store.folders.restore(work.id)
    assert store.sessions.get(chat.id).folder_id == work.id
    store.sessions.move(chat.id, None)
    assert store.sessions.get(chat.id).folder_id is None


def test_small_records_come_back_as_they_were_saved(store: Store) -> None:
    preset = store.presets.save(PresetRecord("", "creative", "model", "starter", SamplingParams(stop=("a",))))
    prompt = store.prompts.save(PromptRecord("", "Reviewer", "You review."))
    endpoint = store.endpoints.save(EndpointRecord("", "server", "http://192.168.1.20:8000/v1", "llama"))
    bench = store.benchmarks.save(
        BenchmarkRecord("", "m", "h", "chat", 31.5, 200.0, 46.0, 1 << 33, 512, 128, "CPU", "b1")
    )
    assert store.presets.list() == [preset]
    assert store.prompts.list() == [prompt]
    assert prompt.updated_ms > 0
    assert store.endpoints.list() == [endpoint]
    assert store.benchmarks.list() == [bench]
    store.presets.delete(preset.id)
    assert store.presets.list() == []
    store.presets.restore(preset.id)
    assert store.presets.list() == [preset]


def test_settings_have_the_type_of_their_default(store: Store) -> None:
    assert store.settings.get("window.size", (1, 2)) == (1, 2)
    store.settings.set("window.size", (1440, 900))
    assert store.settings.get("window.size", (1, 2)) == (1440, 900)
    store.settings.set("theme", "dark")
    assert store.settings.get("theme", "system") == "dark"
    assert store.settings.get("theme", 3) == 3  # of another type: the default
    assert store.settings.get("theme", None) == "dark"
    store.settings.set("sampling", SamplingParams(top_k=3))
    assert store.settings.get("sampling", SamplingParams()) == SamplingParams(top_k=3)


def test_values_of_other_versions_are_read_as_far_as_they_make_sense() -> None:
    text = (
        '{"model": 4, "sampling": {"temperature": "hot", "top_k": 9, "gone": 1}, "extra": {}, "n_probs": 2}'
    )
    assert decode_json(SessionSettings, text) == SessionSettings(sampling=SamplingParams(top_k=9), n_probs=2)
    provenance = decode_json(Provenance, '{"model_name": "m", "seed": 5}')
    assert (provenance.model_name, provenance.seed, provenance.engine_build) == ("m", 5, "")
    metrics = decode_json(GenerationMetrics, '{"prompt_tokens": 3, "ttft_ms": null}')
    assert (metrics.prompt_tokens, metrics.ttft_ms) == (3, 0.0)


def test_a_part_of_an_unknown_kind_does_not_hide_the_message(store: Store) -> None:
    chat = store.sessions.create()
    record = store.messages.add(chat.id, None, Message("user", ()))
    parts = '[{"type": "hologram", "data": 1}, {"type": "text", "text": "still here"}]'
    with store._db.write() as tables:
        tables.execute("UPDATE messages SET parts = ? WHERE id = ?", (parts, record.id))
    assert store.messages.get(record.id).message == Message.of("user", "still here")


def test_records_load_without_database_code() -> None:
    code = "import sys, engine.store.records; print('sqlite_utils' in sys.modules, 'sqlite3' in sys.modules)"
    root = Path(__file__).parents[3]
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert answer.stdout.split() == ["False", "False"]
