"""Finding text, whatever is in it and in the query."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.messages import AttachmentPart, Message, TextPart
from engine.store.database import Store
from engine.store.records import MessageRecord, SearchHit

Talk = Callable[..., list[MessageRecord]]


def marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.ranges]


def found(store: Store, query: str, session_id: str | None = None) -> set[str]:
    return {hit.message_id for hit in store.search.find(query, session_id=session_id)}


def test_substrings_are_found_in_any_script(store: Store, talk: Talk) -> None:
    chat = store.sessions.create("Mixed")
    latin, chinese, short = talk(chat.id, "The Quantization of weights", "今天天气很好，适合散步", "C# or Go")
    assert found(store, "quant") == {latin.id}
    assert found(store, "weights quant") == {latin.id}
    assert found(store, "weights missing") == set()
    assert found(store, "天气很") == {chinese.id}
    assert found(store, "天气") == {chinese.id}
    assert found(store, "C# Go") == {short.id}
    (hit,) = store.search.find("天气")
    assert (hit.session_title, hit.role, marked(hit)) == ("Mixed", "assistant", ["天气"])
    assert marked(store.search.find("WEIGHTS quant")[0]) == ["Quant", "weights"]


@pytest.mark.parametrize(
    "text",
    [
        'say "hello" OR not',
        "100% sure_thing",
        "a* NEAR(b)",
        "back\\slash",
        "'; DROP TABLE x --",
        "^col:val",
        '"',
    ],
)
def test_queries_are_taken_literally(store: Store, talk: Talk, text: str) -> None:
    chat = store.sessions.create()
    exact, _ = talk(chat.id, f"before {text} after", "1000 surething a near b x")
    assert found(store, text) == {exact.id}


@given(query=st.text(max_size=20), body=st.text(max_size=40))
@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_query_is_an_error_and_ranges_are_inside(store: Store, query: str, body: str) -> None:
    chat = store.sessions.create()
    store.messages.add(chat.id, None, Message.of("user", body + query))
    for hit in store.search.find(query, session_id=chat.id):
        for start, end in hit.ranges:
            assert 0 <= start < end <= len(hit.snippet)


def test_a_snippet_shows_the_match_in_a_long_text(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    talk(chat.id, "lorem ipsum\n" * 500 + "the needle is here\n" + "dolor sit\n" * 500)
    (hit,) = store.search.find("needle")
    assert marked(hit) == ["needle"]
    assert len(hit.snippet) < 170
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert "\n" not in hit.snippet


def test_attachments_are_found_and_streaming_replies_only_when_they_end(store: Store) -> None:
    chat = store.sessions.create()
    message = Message("user", (AttachmentPart("data.csv", "col;value"), TextPart("look")))
    user = store.messages.add(chat.id, None, message)
    assert found(store, "col;val") == {user.id}
    reply = store.messages.begin_reply(chat.id, user.id, "tiny")
    text = Message.of("assistant", "a marvellous reply")
    store.messages.checkpoint(reply.id, text)
    assert found(store, "marvellous") == set()
    store.messages.finish(reply.id, text, status="done", finish_reason="stop", metrics=None, reply=None)
    assert found(store, "marvellous") == {reply.id}
    store.messages.replace(reply.id, Message.of("assistant", "edited"))
    assert found(store, "marvellous") == set()
    assert found(store, "edited") == {reply.id}


def test_deleted_chats_and_messages_are_not_found(store: Store, talk: Talk) -> None:
    chat = store.sessions.create()
    first = talk(chat.id, "apple pie", "apple tart", "apple cake")
    store.messages.delete(first[1].id)
    assert found(store, "apple") == {first[0].id}
    store.messages.restore(first[1].id)
    assert len(found(store, "apple")) == 3
    store.sessions.delete(chat.id)
    assert found(store, "apple") == set()


def test_a_shared_message_is_found_once_and_through_whichever_chat_is_left(store: Store, talk: Talk) -> None:
    chat = store.sessions.create("Origin")
    first = talk(chat.id, "apple pie", "later apple")
    fork = store.sessions.fork(chat.id, first[0].id, "Fork")
    assert [hit.session_id for hit in store.search.find("pie")] == [chat.id]
    assert found(store, "apple", fork.id) == {first[0].id}
    assert store.search.find("apple", session_id=fork.id)[0].session_title == "Fork"
    store.sessions.delete(chat.id)
    assert [hit.session_id for hit in store.search.find("apple")] == [fork.id]
    store.sessions.purge(-1000)
    assert [hit.session_id for hit in store.search.find("apple")] == [fork.id]


def test_the_newest_come_first_up_to_the_limit(store: Store) -> None:
    chat = store.sessions.create()
    with store.unit():
        ids = [store.messages.add(chat.id, None, Message.of("user", f"same {i}")).id for i in range(450)]
    hits = store.search.find("same", limit=420)
    assert len({hit.message_id for hit in hits}) == 420
    assert [hit.created_ms for hit in hits] == sorted((hit.created_ms for hit in hits), reverse=True)
    assert hits[0].message_id == ids[-1]
