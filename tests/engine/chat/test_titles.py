"""Which answers of a model become the title of a chat, and how it is asked."""

from pathlib import Path

import pytest

from engine.chat.titles import LONGEST, clean_title, title_from_message, title_request
from engine.messages import Message
from engine.store.database import open_store
from engine.store.records import MessageRecord, SessionRecord

CHAT = "What causes the northern lights?\nThe aurora comes from charged particles of the sun."


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (" Northern lights", "Northern lights"),
        (' "northern lights and the sun".', "Northern lights and the sun"),
        ("Aurora particles\nMessage: another", "Aurora particles"),
        ("How the sun makes northern lights", "How the sun makes northern lights"),
    ],
)
def test_a_few_words_about_the_conversation_are_a_title(answer: str, title: str) -> None:
    assert clean_title(answer, CHAT) == title


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "\n",
        "The topic of our conversation so far is the northern lights",
        "Sure! Northern lights",
        "I think northern lights",
        "Northern lights, the sun, charged particles and what the aurora of the sun causes",
        "Energy-efficient heating solutions",  # about something else
        "Slimming northern lights",  # begins with something else
        "Slipping bike chain",  # an example's title
        "Slipping northern lights",  # a word of an example
    ],
)
def test_other_answers_are_not(answer: str) -> None:
    assert clean_title(answer, CHAT) == ""


def test_a_word_of_an_example_may_stand_where_the_conversation_has_it() -> None:
    assert clean_title("Slipping cat", "My cat keeps slipping on the floor") == "Slipping cat"


def test_names_keep_their_own_capitals() -> None:
    assert clean_title("iPhone battery", "My iPhone battery is empty") == "iPhone battery"


def test_chinese_titles_are_compared_by_character() -> None:
    assert clean_title("黑洞的解释", "请用简单的话解释一下什么是黑洞。") == "黑洞的解释"
    assert clean_title("给小狗洗澡", "请用简单的话解释一下什么是黑洞。") == ""


def test_the_first_words_are_cut_at_a_word() -> None:
    title = title_from_message("word " * 40)
    assert title.endswith("word…")
    assert len(title) <= LONGEST


@pytest.fixture
def chat(tmp_path: Path) -> tuple[SessionRecord, list[MessageRecord]]:
    """A stored chat of a question and an answer."""
    store = open_store(tmp_path)
    try:
        session = store.sessions.create()
        for role, text in zip(("user", "assistant"), CHAT.split("\n"), strict=True):
            head = store.sessions.get(session.id).head_id
            store.messages.add(session.id, head, Message.of(role, text))  # type: ignore[arg-type]
        return store.sessions.get(session.id), store.messages.path(session.id)
    finally:
        store.close()


def test_a_model_that_completes_text_is_asked_by_example(
    chat: tuple[SessionRecord, list[MessageRecord]],
) -> None:
    request = title_request(*chat, "own.kv", "titles.kv", completes=True)
    assert request.prompt.raw
    assert request.state_path == "titles.kv"  # the cache of the chat is put aside, not overwritten
    assert request.messages[0].text().endswith("Message: What causes the northern lights?\nTitle:")


def test_a_server_is_asked_in_the_chat(chat: tuple[SessionRecord, list[MessageRecord]]) -> None:
    request = title_request(*chat, "own.kv", "titles.kv", completes=False)
    assert not request.prompt.raw
    assert request.state_path == "own.kv"
    assert [message.role for message in request.messages] == ["user", "assistant", "user"]


def test_after_a_long_beginning_the_conversation_goes_on(
    chat: tuple[SessionRecord, list[MessageRecord]],
) -> None:
    session, path = chat
    request = title_request(session, path * 200, "own.kv", "titles.kv", completes=True)
    assert request.state_path == "own.kv"
