"""Makes the pages that need more than the shell."""

from dataclasses import dataclass

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.composition import Services
from app.controllers.models import ModelsController
from app.pages.page import Page
from app.shell import Shell


@dataclass(frozen=True)
class PageParts:
    """What pages are made of."""

    shell: Shell
    services: Services
    bridge: EngineBridge
    access: StoreAccess
    background: Background
    models: ModelsController


def make_page(page_id: str, parts: PageParts) -> Page | None:
    """The page of that id; None for one that this build does not have."""
    return None
