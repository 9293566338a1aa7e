"""Trees of messages: paths, versions, forks, edits, deleting and undoing."""

from collections.abc import Callable

import pytest

from engine.errors import UserError
from engine.messages import AttachmentPart, Message, TextPart, ThinkingPart
from engine.protocol.values import GenerationMetrics
from engine.store.database import Store
from engine.store.records import MessageRecord, ReplyRecord

Talk = Callable[..., list[MessageRecord]]


def texts(store: Store, session_id: str) -> list[str]:
    return [each.message.text() for each in store.messages.path(session_id)]


def test_a_path_leads_from_root_to_head(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    talk(chat.id, "a", "b", "c")
    assert texts(store, chat.id) == ["a", "b", "c"]
    record = store.sessions.get(chat.id)
    assert record.message_count == 3
    assert record.head_id == store.messages.path(chat.id)[-1].id


def test_all_parts_of_a_message_come_back(store: Store) -> None:
    chat = store.sessions.create()
    message = Message(
        "user", (AttachmentPart("notes.txt", "n\n"), ThinkingPart("hm"), TextPart("text"), TextPart("more"))
    )
    record = store.messages.add(chat.id, None, message)
    assert store.messages.get(record.id).message == message
    empty = store.messages.add(chat.id, record.id, Message("assistant", ()))
    assert store.messages.get(empty.id).message == Message("assistant", ())


def test_text_that_is_no_valid_unicode_is_stored_readable(store: Store) -> None:
    chat = store.sessions.create(title="bad \ud800")
    record = store.messages.add(chat.id, None, Message.of("user", "half \ud83d and pair \ud83d\ude00"))
    assert store.messages.get(record.id).message.text() == "half \ufffd and pair 😀"
    assert store.sessions.get(chat.id).title == "bad \ufffd"


def test_versions_count_siblings_of_the_same_role_class(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    user, reply = talk(chat.id, "q", "r1")
    second = store.messages.begin_reply(chat.id, user.id, "tiny")
    store.messages.add(chat.id, user.id, Message.of("user", "an aside"))
    assert (second.version, second.version_ids) == (2, (reply.id, second.id))
    assert store.messages.get(reply.id).version == 1
    assert store.messages.get(reply.id).version_ids == (reply.id, second.id)


def test_selecting_a_version_returns_to_where_it_was_left(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    first = talk(chat.id, "q1", "r", "x", "deep")
    other = store.messages.add_version(first[2].id, Message.of("user", "y"))
    talk_on = store.messages.add(chat.id, other.id, Message.of("assistant", "y reply"))
    store.messages.select(first[2].id)
    assert texts(store, chat.id) == ["q1", "r", "x", "deep"]
    third = store.messages.add(chat.id, first[2].id, Message.of("assistant", "deep 2"))
    store.messages.select(other.id)
    assert store.sessions.get(chat.id).head_id == talk_on.id
    store.messages.select(first[2].id)
    assert store.sessions.get(chat.id).head_id == third.id


def test_an_edit_in_place_drops_tokens_that_no_longer_fit(
    store: Store, talk: Talk, make_reply: Callable[[str], ReplyRecord]
) -> None:
    chat = store.sessions.create()
    user = talk(chat.id, "q")[0]
    reply = store.messages.begin_reply(chat.id, user.id, "tiny")
    done = Message.of("assistant", "abc")
    store.messages.finish(
        reply.id, done, status="done", finish_reason="stop", metrics=None, reply=make_reply(reply.id)
    )
    assert store.messages.reply(reply.id) == make_reply(reply.id)
    store.messages.replace(reply.id, Message.of("assistant", "edited"))
    assert store.messages.reply(reply.id) is None
    assert texts(store, chat.id) == ["q", "edited"]


def test_a_continued_reply_keeps_its_id_and_text(
    store: Store, talk: Talk, metrics: GenerationMetrics, make_reply: Callable[[str], ReplyRecord]
) -> None:
    chat = store.sessions.create()
    user = talk(chat.id, "q")[0]
    reply = store.messages.begin_reply(chat.id, user.id, "tiny")
    half = Message.of("assistant", "one")
    store.messages.finish(
        reply.id,
        half,
        status="cancelled",
        finish_reason="cancelled",
        metrics=metrics,
        reply=make_reply(reply.id),
    )
    again = store.messages.begin_reply(chat.id, user.id, "tiny", continue_of=reply.id)
    assert (again.id, again.status, again.message) == (reply.id, "streaming", half)
    whole = Message.of("assistant", "one two")
    store.messages.checkpoint(reply.id, whole)
    assert store.messages.get(reply.id).message == whole
    store.messages.finish(
        reply.id, whole, status="failed", finish_reason="failed", metrics=metrics, reply=None, error="gone"
    )
    record = store.messages.get(reply.id)
    assert (record.status, record.error, record.metrics) == ("failed", "gone", metrics)
    assert store.messages.reply(reply.id) is None  # those tokens were of the shorter text
    assert store.sessions.get(chat.id).token_count == 120
    assert store.sessions.get(chat.id).model_name == "tiny"


def test_deleting_shows_the_other_version_and_undo_returns(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    first = talk(chat.id, "q", "r1", "more")
    store.messages.add_version(first[1].id, Message.of("assistant", "r2"))
    store.messages.select(first[1].id)
    store.messages.delete(first[1].id)
    assert texts(store, chat.id) == ["q", "r2"]
    assert store.messages.path(chat.id)[1].version_ids == (store.messages.path(chat.id)[1].id,)
    store.messages.delete(store.messages.path(chat.id)[1].id)
    assert texts(store, chat.id) == ["q"]
    store.messages.restore(first[1].id)
    assert texts(store, chat.id) == ["q", "r1", "more"]


def test_deleting_the_first_message_empties_the_chat(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    root = talk(chat.id, "q", "r")[0]
    store.messages.delete(root.id)
    assert store.messages.path(chat.id) == []
    assert store.sessions.get(chat.id).message_count == 0
    with pytest.raises(UserError, match="no longer in this chat"):
        store.messages.add(chat.id, root.id, Message.of("user", "late"))
    store.messages.restore(root.id)
    assert texts(store, chat.id) == ["q", "r"]


def test_a_fork_shares_messages_and_grows_apart(store: Store, talk: Talk) -> None:
    chat = store.sessions.create("Origin")
    first = talk(chat.id, "a", "b", "c", "d")
    fork = store.sessions.fork(chat.id, first[1].id)
    assert (fork.title, fork.message_count, texts(store, fork.id)) == ("Origin", 2, ["a", "b"])
    own = store.messages.add(fork.id, first[1].id, Message.of("user", "c'"))
    assert [each.id for each in store.messages.path(fork.id)] == [first[0].id, first[1].id, own.id]
    assert store.messages.get(own.id).version_ids == (own.id,)
    assert [each.id for each in store.messages.children(first[1].id)] == [first[2].id]
    assert [each.id for each in store.messages.children(first[1].id, session_id=fork.id)] == [own.id]
    version = store.messages.add_version(first[0].id, Message.of("user", "a'"), session_id=fork.id)
    assert texts(store, fork.id) == ["a'"]
    assert version.version_ids == (first[0].id, version.id)
    assert store.messages.get(first[0].id).version_ids == (first[0].id,)
    assert texts(store, chat.id) == ["a", "b", "c", "d"]
    with pytest.raises(UserError):
        store.sessions.fork(chat.id, own.id)


@pytest.mark.parametrize("by_fork", [True, False])
def test_an_edit_in_place_shows_in_one_chat_only(store: Store, talk: Talk, by_fork: bool) -> None:
    chat = store.sessions.create()
    first = talk(chat.id, "a", "b", "c")
    fork = store.sessions.fork(chat.id, first[1].id)
    own = store.messages.add(fork.id, first[1].id, Message.of("user", "own"))
    grandchild = store.sessions.fork(fork.id, own.id)
    store.messages.add(grandchild.id, own.id, Message.of("assistant", "deep"))
    editor = fork.id if by_fork else chat.id
    store.messages.replace(first[0].id, Message.of("user", "A"), session_id=editor)
    assert texts(store, chat.id) == ["a" if by_fork else "A", "b", "c"]
    assert texts(store, fork.id) == ["A" if by_fork else "a", "b", "own"]
    assert texts(store, grandchild.id) == ["a", "b", "own", "deep"]


def test_deleting_in_a_fork_leaves_the_origin_alone(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    first = talk(chat.id, "a", "b")
    fork = store.sessions.fork(chat.id, first[1].id)
    store.messages.delete(first[1].id, session_id=fork.id)
    store.messages.delete(first[0].id)
    assert texts(store, fork.id) == ["a"]
    assert texts(store, chat.id) == []
    store.messages.restore(first[1].id, session_id=fork.id)
    assert texts(store, fork.id) == ["a", "b"]


def test_unknown_messages_are_a_user_error(store: Store) -> None:
    chat = store.sessions.create()
    for call in (
        lambda: store.messages.get("nope"),
        lambda: store.messages.select("nope"),
        lambda: store.messages.add(chat.id, "nope", Message.of("user", "x")),
        lambda: store.messages.begin_reply(chat.id, None, "m", continue_of="nope"),
    ):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "message.unknown"
    with pytest.raises(UserError) as caught:
        store.messages.add("nope", None, Message.of("user", "x"))
    assert caught.value.code == "session.unknown"
