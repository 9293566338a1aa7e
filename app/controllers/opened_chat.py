"""What reading a chat brings, made on the store's thread."""

from typing import NamedTuple

from app.controllers.chat_saving import read_draft_files
from app.models.transcript_rows import rows_of
from app.widgets.transcript.message import TranscriptMessage
from engine.messages import AttachmentPart
from engine.store.database import Store
from engine.store.records import MessageRecord, SessionRecord


class OpenedChat(NamedTuple):
    """A chat, its active path, the rows that show it, and the files of its draft."""

    session: SessionRecord
    path: list[MessageRecord]
    rows: list[TranscriptMessage]
    attachments: list[AttachmentPart]


def read_chat(store: Store, session_id: str) -> OpenedChat:
    """Ten thousand rows take longer than a frame: they are made here, not on the GUI thread."""
    path = store.messages.path(session_id)
    attachments = read_draft_files(store, session_id)
    return OpenedChat(store.sessions.get(session_id), path, rows_of(path), attachments)
