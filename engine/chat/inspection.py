"""What panels that look inside ask of a reply, and how an earlier reply is read again."""

from msgspec import Struct
from msgspec.structs import replace

from engine.chat.request import make_request
from engine.errors import UserError
from engine.protocol.adapters import as_used
from engine.protocol.inspection import InspectRequest, LensSpec, TapSpec
from engine.protocol.values import ChatRequest
from engine.store.database import Store


class Inspection(Struct, frozen=True, omit_defaults=True):
    """What comes along with the tokens of replies to come. The default asks for nothing and costs nothing.

    `n_probs` raises what the chat's own settings ask for, and never lowers it.
    """

    taps: TapSpec | None = None
    trace: bool = False
    n_probs: int = 0

    def apply(self, request: ChatRequest) -> ChatRequest:
        """The request with these wishes added."""
        return replace(request, taps=self.taps, trace=self.trace, n_probs=max(request.n_probs, self.n_probs))


def reread_request(
    store: Store,
    session_id: str,
    message_id: str,
    *,
    taps: TapSpec | None = None,
    lens: LensSpec | None = None,
) -> InspectRequest:
    """Reads the chat up to and including a message once more; replies with the tokens they were made of.

    Raises `UserError` session.unknown, and message.unknown where the message is not on the active path.
    """
    session = store.sessions.get(session_id)
    path = store.messages.path(session_id)
    ids = [record.id for record in path]
    if message_id not in ids:
        raise UserError("message.unknown")
    path = path[: ids.index(message_id) + 1]
    last = path[-1]
    known = store.messages.reply(last.id) if last.message.role == "assistant" else None
    reply = known.token_ids if known is not None else ()
    chat = make_request(store, session, path[:-1] if reply else path)
    return InspectRequest(
        messages=chat.messages,
        system=chat.prompt.system,
        raw=chat.prompt.raw,
        reply=reply,
        token_history=chat.token_history,
        taps=taps,
        lens=lens,
        adapters=as_used(known.provenance.adapters) if known is not None else chat.adapters,
    )
