"""Titles of chats: the first words at once, a few words by the model when the first reply is there."""

import re

from engine.chat.title_words import is_about, shares_words
from engine.messages import Message
from engine.protocol.values import ChatRequest, PromptOptions
from engine.sampling.params import SamplingParams
from engine.store.records import MessageRecord, SessionRecord

LONGEST = 60
STATE_NAME = "titles"
"""Titles are read under a state of their own, so that the engine keeps the conversation's cache aside."""
_MOST_WORDS = 10
_SHOWN = 400
"""Characters of a message that the model sees: a title needs no more, and small models lose the thread."""
_LONG_CONVERSATION = 8000
"""Characters from which it costs more to put the conversation's cache aside than to go on in it."""
_EXAMPLES = (
    (
        "Can you recommend some good science fiction books for a teenager?",
        "Science fiction books for teenagers",
    ),
    ("How do I center a div in CSS?", "Centering a div in CSS"),
    ("Write a birthday poem for my grandmother who loves her garden.", "Birthday poem for grandmother"),
    ("My bike chain keeps slipping when I go uphill. What can I do?", "Slipping bike chain"),
)
_CHINESE_EXAMPLES = (
    ("如何给我的小狗洗澡？", "给小狗洗澡"),
    ("请帮我写一封感谢老师的信。", "给老师的感谢信"),
    ("我的自行车链条上坡时总是打滑，怎么办？", "自行车链条打滑"),
)
_ASK = "Name the topic of our conversation so far in two to five words. Answer with the words alone."
_CHATTER = re.compile(
    r"^(sure|here('s| is)|the (topic|title|conversation)|topic|title|message|our conversation"
    r"|we |i |i'm |you |as an)\b",
    re.IGNORECASE,
)


def title_from_message(text: str) -> str:
    """The beginning of a message, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > LONGEST // 2 else cut}…"


def title_request(
    session: SessionRecord, path: list[MessageRecord], state_path: str, title_state: str, *, completes: bool
) -> ChatRequest:
    """Asks for a title.

    Where the model completes plain text (`completes`), by examples of messages and their titles: the smallest
    models follow those, while they answer a question about the conversation with more conversation. Else, and
    after a long beginning, as one more turn, so that the cache of the conversation stays where it is.
    """
    messages = tuple(record.message for record in path)
    sampling = SamplingParams(decoding="greedy", max_tokens=16, stop=("\n",), seed=1)
    adapters = session.settings.adapters
    if completes and sum(len(message.prompt_text()) for message in messages) < _LONG_CONVERSATION:
        prompt = PromptOptions(raw=True, overflow="stop", reply_room=sampling.max_tokens)
        text = Message.of("user", _by_example(_first_words_of_user(messages)))
        return ChatRequest((text,), sampling, prompt, state_path=title_state, adapters=adapters)
    return ChatRequest(
        messages=(*messages, Message.of("user", _ASK)),
        sampling=sampling,
        prompt=session.settings.prompt,
        state_path=state_path,
        adapters=adapters,
    )


def clean_title(answer: str, conversation: str) -> str:
    """The title in a model's answer, or "" when that is none, or about something else than the
    conversation.
    """
    lines = answer.strip().splitlines()
    line = lines[0] if lines else ""
    title = line.strip(" \t\"'“”‘’«»*#`.。:：-").removesuffix("…")
    words = title.split()
    chatty = bool(_CHATTER.match(title)) or title.endswith(("!", "！", ","))
    if not words or len(words) > _MOST_WORDS or len(title) > LONGEST or chatty:
        return ""
    examples = (*_EXAMPLES, *_CHINESE_EXAMPLES)
    borrowed = any(shares_words(title, example, but_not=conversation) for _, example in examples)
    if borrowed or not is_about(title, conversation):
        return ""
    return title[0].upper() + title[1:] if title[1:2] == title[1:2].lower() else title


def _by_example(message: str) -> str:
    """A text that goes on with the title; its examples are in the message's language where we have some."""
    examples = _CHINESE_EXAMPLES if re.search("[\u4e00-\u9fff]", message) else _EXAMPLES
    shots = "".join(f"Message: {text}\nTitle: {title}\n\n" for text, title in examples)
    return f"{shots}Message: {message}\nTitle:"


def _first_words_of_user(messages: tuple[Message, ...]) -> str:
    text = next((message.text() for message in messages if message.role == "user"), "")
    return " ".join(text.split())[:_SHOWN]
