"""Finding repositories."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.hub.connection import Connection
from engine.hub.names import check_repo
from engine.protocol.hub import HubFound, HubModel, HubSearch
from engine.protocol.jobs import JobEvent

if TYPE_CHECKING:
    from huggingface_hub import ModelInfo

Tell = Callable[[JobEvent], None]
_SORT = {"last_modified": "lastModified", "trending_score": "trendingScore"}
_EXPAND = ("downloads", "likes", "lastModified", "gated", "tags", "gguf", "safetensors")
_MAX_TEXT = 200


def run_search(job: HubSearch, _tell: Tell) -> HubFound:
    """Raises `UserError` hub.*."""
    import huggingface_hub  # noqa: PLC0415

    library: Any = huggingface_hub

    connection = Connection(job.endpoint, "hub_search")
    params: dict[str, Any] = {
        "search": job.text[:_MAX_TEXT],
        "sort": _SORT.get(job.order, job.order),
        "limit": job.limit,
        "expand": list(_EXPAND),
    }
    if job.format:
        params["filter"] = job.format
    with connection.asking():
        # One page, and no second try: the person who asked is waiting.
        address = f"{job.endpoint}/api/models"
        answer = library.get_session().get(address, params=params, headers=connection.headers())
        connection.check(answer)
        found = [library.ModelInfo(**item) for item in answer.json()[: job.limit]]
        models = tuple(model for each in found if (model := _model(each)) is not None)
        return HubFound(models, more="next" in answer.links)


def license_of(info: "ModelInfo") -> str:
    """The licence's short name, from the model card or the tags."""
    card = getattr(info.card_data, "license", None)
    if isinstance(card, str) and card:
        return str(getattr(info.card_data, "license_name", None) or card)[:80]
    tags = info.tags if isinstance(info.tags, list) else []
    return next((str(tag)[8:88] for tag in tags if str(tag).startswith("license:")), "")


def parameters_of(info: "ModelInfo") -> int:
    """How many weights the hub has counted; 0 where it has not."""
    total = info.gguf.get("total") if isinstance(info.gguf, dict) else getattr(info.safetensors, "total", 0)
    return total if type(total) is int and 0 < total < 1 << 50 else 0


def _model(info: "ModelInfo") -> HubModel | None:
    try:
        repo = check_repo(str(info.id))
    except UserError:
        return None
    return HubModel(
        repo=repo,
        downloads=int(info.downloads or 0),
        likes=int(info.likes or 0),
        license=license_of(info),
        updated=info.last_modified.date().isoformat() if info.last_modified else "",
        gated=bool(info.gated),
        parameters=parameters_of(info),
    )
