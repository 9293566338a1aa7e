"""What kind of server answers, and which model of it is meant."""

from typing import Any, Literal, NamedTuple

import openai

from engine.backends.remote.connection import Connection
from engine.backends.remote.failures import as_user_error
from engine.errors import UserError

ServerKind = Literal["llama-server", "lathe", "vllm", "sglang", "other"]
_OWNERS: dict[str, ServerKind] = {
    "llamacpp": "llama-server",
    "lathe": "lathe",
    "vllm": "vllm",
    "sglang": "sglang",
}
_NAMES_SHOWN = 5


class ServerModel(NamedTuple):
    """A model of a server, with what it says about itself; 0 where it says nothing."""

    name: str
    kind: ServerKind = "other"
    n_ctx: int = 0
    n_ctx_train: int = 0
    parameters: int = 0
    size_bytes: int = 0
    n_vocab: int = 0
    n_embd: int = 0


def list_server_models(connection: Connection, url: str, api_key: str) -> list[ServerModel] | None:
    """The models a server offers; None when it has no list. Raises `UserError` endpoint.*."""
    try:
        page = connection.client.models.list()
        return [_model(entry) for entry in page.data]
    except openai.NotFoundError:
        return None
    except Exception as error:
        found = as_user_error(error, url, api_key)
        if found is None:
            raise
        raise found from None


def choose_model(models: list[ServerModel] | None, wanted: str, url: str) -> ServerModel:
    """The model that is meant; an empty name means the first one. Raises `UserError` endpoint.refused."""
    if models is None or (not models and wanted):
        if wanted:
            return ServerModel(wanted)
        raise UserError("endpoint.refused", url=url, reason="it has no list of models, so name one")
    for model in models:
        if model.name == wanted:
            return model
    if models and not wanted:
        return models[0]
    names = ", ".join(model.name for model in models[:_NAMES_SHOWN]) or "none"
    known = f"its models are {names}"
    raise UserError("endpoint.refused", url=url, reason=f"no model “{wanted}”; {known}" if wanted else known)


def _model(entry: Any) -> ServerModel:
    """Fields beyond the protocol: `meta` is llama-server's and Lathe's own, `max_model_len` vLLM's and
    SGLang's.
    """
    extra: dict[str, Any] = entry.model_extra or {}
    meta = extra.get("meta")
    facts: dict[str, Any] = meta if isinstance(meta, dict) else {}
    kind = _OWNERS.get(str(entry.owned_by or "").lower(), "other")
    return ServerModel(
        name=str(entry.id),
        kind=kind,
        n_ctx=_number(extra.get("max_model_len")) or _number(facts.get("n_ctx")),
        n_ctx_train=_number(facts.get("n_ctx_train")) or _number(extra.get("max_model_len")),
        parameters=_number(facts.get("n_params")),
        size_bytes=_number(facts.get("size")),
        n_vocab=_number(facts.get("n_vocab")),
        n_embd=_number(facts.get("n_embd")),
    )


def _number(value: object) -> int:
    return value if type(value) is int and value > 0 else 0
