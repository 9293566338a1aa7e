"""The messages on the active path of a chat, in order, and how a new reply finds its place among them."""

from itertools import islice
from typing import NamedTuple

from engine.store.records import MessageRecord


class Placed(NamedTuple):
    """Where a reply went: in the place of `instead_of` ("" for the end), and whether messages below it
    left.
    """

    instead_of: str
    cut: bool


class ActivePath:
    """Records from the root to the head."""

    def __init__(self) -> None:
        self.records: list[MessageRecord] = []

    def record(self, message_id: str) -> MessageRecord | None:
        return next((record for record in self.records if record.id == message_id), None)

    def replace(self, record: MessageRecord) -> None:
        """The same message, as it is now."""
        self.records = [record if each.id == record.id else each for each in self.records]

    def place_reply(self, reply: MessageRecord) -> Placed:
        """A new reply at the end, another version in the place of its siblings, or one that goes on."""
        for position in range(len(self.records) - 1, -1, -1):
            record = self.records[position]
            if record.id == reply.id or record.id in reply.version_ids:
                cut = position < len(self.records) - 1
                self.records = [*self.records[:position], reply]
                return Placed(record.id, cut)
        self.records.append(reply)
        return Placed("", cut=False)

    def reply_for(self, message_id: str) -> MessageRecord | None:
        """The reply an action is about: the message itself, or the one that follows a user's message.

        Without an id it is the last message, if that is a reply.
        """
        found: MessageRecord | None = None
        if not message_id:
            found = self.records[-1] if self.records else None
        for position, record in enumerate(self.records):
            if record.id == message_id:
                following = self.records[position + 1 : position + 2]
                found = record if record.message.role == "assistant" else next(iter(following), None)
        return found if found and found.message.role == "assistant" else None

    def turns(self) -> int:
        """How often the user spoke."""
        return sum(1 for record in self.records if record.message.role == "user")

    def last_sent(self, count: int) -> list[str]:
        """The latest texts of the user, oldest first."""
        sent = (record.message.text() for record in reversed(self.records) if record.message.role == "user")
        return [text for text in islice(sent, count) if text][::-1]
