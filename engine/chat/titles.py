"""Titles of chats: the first words at once, a few words by the model when the first reply is there."""

import re

from engine.messages import Message
from engine.protocol.values import ChatRequest
from engine.sampling.params import SamplingParams
from engine.store.records import MessageRecord, SessionRecord

LONGEST = 60
_ASK = "Name the topic of our conversation so far in two to five words. Answer with the words alone."
_CHATTER = re.compile(
    r"^(sure|here('s| is)|the (topic|title|conversation)|topic|title|our conversation|we |i |as an)\b",
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


def title_request(session: SessionRecord, path: list[MessageRecord], state_path: str) -> ChatRequest:
    """Asks for a title as one more turn, so that the cache of the conversation is used and stays useful."""
    messages = [record.message for record in path]
    return ChatRequest(
        messages=(*messages, Message.of("user", _ASK)),
        sampling=SamplingParams(decoding="greedy", max_tokens=14, stop=("\n",), seed=1),
        prompt=session.settings.prompt,
        state_path=state_path,
    )


def clean_title(answer: str) -> str:
    """The title in a model's answer, or "" when the answer is no title. Small models often chat instead."""
    lines = answer.strip().splitlines()
    line = lines[0] if lines else ""
    title = line.strip(" \t\"'“”‘’*#`.:-").removesuffix("…")
    words = title.split()
    chatty = bool(_CHATTER.match(title)) or title.endswith(("?", "!", ","))
    if not words or len(words) > 8 or len(title) > LONGEST or chatty:
        return ""
    return title[0].upper() + title[1:]
