"""Puts the parts below the window together: database, engine, turns.

`open_services` imports and opens everything slow, on a thread of its own, after the window is on the screen.
"""

from dataclasses import dataclass
from pathlib import Path

from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.process import ProcessClient
from engine.store.database import Store, open_store
from engine.store.service import StoreService


@dataclass(frozen=True)
class Services:
    """What works without a window."""

    store: Store
    store_service: StoreService
    client: ProcessClient
    runner: TurnRunner
    models: ModelService

    def close(self) -> None:
        """Stop everything, newest first; replies that still stream are kept as interrupted."""
        self.runner.close()
        self.models.close()
        self.client.close()
        self.store_service.close()
        self.store.close()


def open_services(home: Path, fake: bool) -> Services:
    """`fake` answers with the scripted model whatever is loaded.

    Raises `UserError` store.*. The engine process is started by `client.start`, later.
    """
    store = open_store(home)
    client = ProcessClient(home)
    return Services(
        store=store,
        store_service=StoreService(store),
        client=client,
        runner=TurnRunner(store, client),
        models=ModelService(store, client, fake_script="" if fake else None),
    )
