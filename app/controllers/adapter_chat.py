"""A new chat with an adapter on its base."""

import msgspec

from app.controllers.chat_controllers import ChatControllers
from engine.protocol.adapters import AdapterUse
from engine.store.records import SessionRecord


def open_adapted_chat(controllers: ChatControllers, model: str, adapter: str) -> None:
    """Load `model` if it is not, and begin a chat that has the GGUF adapter on; without one if it is ""."""
    uses = (AdapterUse(adapter, 1.0),) if adapter else ()
    chat, sessions, models = controllers.chat, controllers.sessions, controllers.models

    def made(session: SessionRecord) -> None:
        sessions.created.disconnect(connection)
        if chat.session_id == session.id:
            # An empty chat that is open already is taken, with the settings that it has.
            chat.change_settings(adapters=uses)

    connection = sessions.created.connect(made)
    sessions.create(msgspec.structs.replace(chat.settings, adapters=uses))
    current = models.current
    if current is None or current.path != model:
        models.load(model)
