"""What leaves as a file comes back as it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.errors import UserError
from engine.messages import AttachmentPart, Message, TextPart, ThinkingPart
from engine.protocol.values import ContextParams, GenerationMetrics, PromptOptions
from engine.sampling.params import LogitBias, SamplingParams
from engine.store.database import Store
from engine.store.records import ReplyRecord, SessionSettings
from engine.store.transfer.exporting import ExportFormat, export_file, export_session
from engine.store.transfer.importing import MOST_CHATS, import_text

SETTINGS = SessionSettings(
    model="starter",
    sampling=SamplingParams(temperature=0.3, logit_bias=(LogitBias(2.0, "yes"),), stop=("END",)),
    prompt=PromptOptions(system="Be brief."),
    context=ContextParams(n_ctx=4096),
    n_probs=5,
)


@pytest.fixture
def full_chat(store: Store, metrics: GenerationMetrics, make_reply: Callable[[str], ReplyRecord]) -> str:
    chat = store.sessions.create("Trees", SETTINGS)
    question = Message("user", (AttachmentPart("a.py", "print('```')"), TextPart("What\u2028is it?")))
    user = store.messages.add(chat.id, None, question)
    for text in ("First.", "Second."):
        reply = store.messages.begin_reply(chat.id, user.id, "tiny")
        store.messages.finish(
            reply.id,
            Message("assistant", (ThinkingPart("Hm,\nwell."), TextPart(text))),
            status="done",
            finish_reason="stop",
            metrics=metrics,
            reply=make_reply(reply.id),
        )
    store.messages.add_version(user.id, Message.of("user", "Other question"))
    store.messages.select(user.id)
    store.sessions.set_draft(chat.id, "not sent")
    return chat.id


def shape(store: Store, session_id: str) -> list[Any]:
    """Everything about a chat except ids."""
    records = store.messages.tree(session_id)
    place = {record.id: index for index, record in enumerate(records)}
    found: list[Any] = []
    for record in records:
        reply = store.messages.reply(record.id)
        found.append(
            (
                msgspec.structs.replace(record, id="", session_id="", parent_id=None, version_ids=()),
                None if record.parent_id is None else place[record.parent_id],
                [place[each] for each in record.version_ids],
                None if reply is None else msgspec.structs.replace(reply, message_id=""),
            )
        )
    session = store.sessions.get(session_id)
    found.append(msgspec.structs.replace(session, id="", head_id=None))
    found.append([place[each.id] for each in store.messages.path(session_id)])
    return found


def test_json_gives_an_equal_tree(store: Store, full_chat: str) -> None:
    text = export_session(store, full_chat, "json")
    (copy,) = import_text(store, text, "trees.json")
    assert copy != full_chat
    assert shape(store, copy) == shape(store, full_chat)
    data = json.loads(text)
    assert data["session"]["settings"]["sampling"]["top_k"] == 40  # defaults are spelled out
    replies = [each["reply"] for each in data["messages"] if each.get("reply")]
    assert replies[0]["token_ids"] == [1, 49151, 7]
    assert replies[0]["provenance"]["sampling"]["min_p"] == 0.05


def test_a_fork_is_exported_with_what_it_shares(store: Store, full_chat: str) -> None:
    base = store.messages.path(full_chat)[0]
    fork = store.sessions.fork(full_chat, base.id, "Fork")
    store.messages.add(fork.id, base.id, Message.of("assistant", "own"))
    (copy,) = import_text(store, export_session(store, fork.id, "json"), "f.json")
    assert [each.message for each in store.messages.path(copy)] == [
        base.message,
        Message.of("assistant", "own"),
    ]


def test_markdown_reads_well(store: Store, full_chat: str) -> None:
    lines = export_session(store, full_chat, "markdown").splitlines()
    assert lines[0] == "# Trees"
    assert "Be brief." in lines
    assert "````" in lines  # longer than the fence inside the attachment
    assert "> Hm," in lines
    assert any(line.startswith("## Assistant · tiny · ") for line in lines)
    assert "Second." in lines
    assert "First." not in lines  # not on the active path


@pytest.mark.parametrize("format_", ["messages", "sharegpt"])
def test_training_formats_keep_the_active_path(store: Store, full_chat: str, format_: ExportFormat) -> None:
    text = export_session(store, full_chat, format_)
    assert text.count("\n") == 1
    (copy,) = import_text(store, text, "x.jsonl")
    session = store.sessions.get(copy)
    assert (session.title, session.settings.prompt.system) == ("Trees", "Be brief.")
    user, reply = store.messages.path(copy)
    assert user.message.text() == store.messages.path(full_chat)[0].message.prompt_text()
    assert reply.message == Message("assistant", (ThinkingPart("Hm,\nwell."), TextPart("Second.")))
    assert export_session(store, copy, format_) == text


def test_rows_of_others_are_understood(store: Store) -> None:
    parts = [{"type": "text", "text": "hi"}]
    thought = "<think>\na\n</think>\n\nb"
    rows: list[dict[str, Any]] = [
        {"messages": [{"role": "developer", "content": "S"}, {"role": "user", "content": parts}]},
        {"system": "S", "conversations": [{"from": "human", "value": "hi"}]},
        {"conversations": [{"role": "user", "content": "hi"}, {"from": "gpt", "value": thought}]},
        {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": thought}]},
    ]
    text = "\n".join(json.dumps(row) for row in rows) + "\n\n"
    chats = import_text(store, text, "set.jsonl")
    assert [store.sessions.get(each).settings.prompt.system for each in chats] == ["S", "S", "", ""]
    assert {store.messages.path(each)[0].message.text() for each in chats} == {"hi"}
    for chat in chats[2:]:
        assert store.messages.path(chat)[1].message.parts == (ThinkingPart("a"), TextPart("b"))
    assert store.sessions.get(chats[0]).title == "hi"
    assert len(import_text(store, json.dumps(rows), "set.json")) == 4
    assert len(import_text(store, json.dumps(rows[0]["messages"]), "one.json")) == 1
    assert len(import_text(store, "\ufeff" + json.dumps(rows[0]), "bom.json")) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        ("hello", "line 1: JSON is malformed"),
        ("42", "it is no object"),
        ("[]", "there is no conversation in it"),
        ('{"a": 1}', "neither “messages” nor “conversations”"),
        ('{"messages": []}', "the conversation is empty"),
        ('{"messages": [{"role": "alien", "content": "x"}]}', "message 1 has the unknown role 'alien'"),
        ('{"messages": [{"role": "user", "content": 4}]}', "message 1 has no text"),
        ('{"conversations": [{"from": "gpt"}]}', "turn 1 has no text"),
        ('{"messages": [{"role": "user", "content": "x"}]}\n{"messages": 7}', "line 2: it has neither"),
        ('{"messages": [{"role": "user", "content": "x"}]}\n\n{"messages', "line 3: "),
        ('{"format":"lathe-chat","version":1,\n"session":{},\n"messages":[\n{]}', "line 4: "),
        ('{"format":"lathe-chat","version":99}', "newer version of Lathe"),
        (
            '{"format":"lathe-chat","version":1,"session":{"title":"x"},"messages":[{"id":"a"}]}',
            "messages[0]",
        ),
    ],
)
def test_what_cannot_be_read_is_named_and_leaves_nothing(store: Store, text: str, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        import_text(store, text, "file.json")
    assert caught.value.code == "import.unreadable"
    assert reason in caught.value.message
    assert "file.json" in caught.value.message
    assert store.sessions.list() == []


def test_a_tree_that_is_none_is_refused(store: Store, full_chat: str) -> None:
    data = json.loads(export_session(store, full_chat, "json"))
    for key, value, reason in (
        ("parent", "nobody", "which is missing"),
        ("parent", data["messages"][-1]["id"], "in a circle"),
        ("id", data["messages"][-1]["id"], "the same id"),
    ):
        broken = json.loads(json.dumps(data))
        broken["messages"][0][key] = value
        for message in broken["messages"][1:]:
            if reason == "in a circle":
                message["parent"] = broken["messages"][0]["id"]
        with pytest.raises(UserError, match=reason):
            import_text(store, json.dumps(broken), "x")
    assert len(store.sessions.list()) == 1


def test_an_export_of_another_version_still_opens(store: Store, full_chat: str) -> None:
    data = json.loads(export_session(store, full_chat, "json"))
    data["session"]["settings"]["prompt"]["overflow"] = "a policy of the future"
    data["session"]["new_field"] = 1
    data["messages"][0]["status"] = "pondering"
    for message in data["messages"]:
        if message.get("reply"):
            del message["reply"]["provenance"]["seed"]
    (copy,) = import_text(store, json.dumps(data), "x.json")
    settings = store.sessions.get(copy).settings
    assert settings.prompt == SETTINGS.prompt
    assert settings.sampling == SETTINGS.sampling
    assert [each.message for each in store.messages.path(copy)] == [
        each.message for each in store.messages.path(full_chat)
    ]


def test_a_data_set_is_not_taken_for_chats(store: Store) -> None:
    row = json.dumps({"messages": [{"role": "user", "content": "x"}]}) + "\n"
    with pytest.raises(UserError, match=f"at most {MOST_CHATS} can become chats"):
        import_text(store, row * (MOST_CHATS + 1), "set.jsonl")


def test_a_file_appears_whole_or_not_at_all(store: Store, full_chat: str, tmp_path: Path) -> None:
    target = tmp_path / "chat.json"
    export_file(store, full_chat, "json", target)
    assert target.read_text(encoding="utf-8") == export_session(store, full_chat, "json")
    with pytest.raises(UserError):
        export_file(store, "nope", "json", target)
    with pytest.raises(UserError) as caught:
        export_file(store, full_chat, "json", tmp_path / "no folder" / "chat.json")
    assert caught.value.code == "store.unwritable"
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []
    assert len(target.read_text(encoding="utf-8")) > 100
