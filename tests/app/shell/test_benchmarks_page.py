"""Benchmarks from the page to the database, on the scripted model."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.composition import Services, open_services
from app.controllers.benchmarks import BenchmarksController
from app.controllers.models import ModelsController


class Bench:
    """Controllers on real services."""

    def __init__(self, services: Services, home: Path) -> None:
        self.bridge = EngineBridge()
        access = StoreAccess(services.store_service, self.bridge)
        self.background = Background(self.bridge)
        self.endings = [
            services.client.subscribe(self.bridge.post_engine),
            services.store.subscribe(self.bridge.post_change),
        ]
        self.models = ModelsController(services.models, access, self.background, self.bridge, home)
        self.controller = BenchmarksController(services.client, access, self.bridge, self.models)
        services.client.start()


@pytest.fixture
def bench(qtbot: QtBot, home: Path) -> Iterator[Bench]:
    services = open_services(home, fake=True)
    made = Bench(services, home)
    with qtbot.waitSignal(made.models.loaded, timeout=20_000):
        made.models.load("scripted")
    yield made
    for end in made.endings:
        end()
    made.background.close()
    made.bridge.close()
    services.close()


def test_a_series_is_measured_and_kept(qtbot: QtBot, bench: Bench) -> None:
    begun: list[tuple[str, int, int]] = []
    bench.controller.begun.connect(lambda *told: begun.append(told))
    with qtbot.waitSignal(bench.controller.ended, timeout=30_000):
        bench.controller.run(("writing", "chat"))
        assert bench.controller.is_running
    assert begun == [("chat", 0, 2), ("writing", 1, 2)]
    with qtbot.waitSignal(bench.controller.records_changed, timeout=5_000) as told:
        bench.controller.refresh()
    assert {record.scenario for record in told.args[0]} == {"chat", "writing"}
    assert all(record.output_tps > 0 for record in told.args[0])


def test_a_cancelled_series_ends_without_an_error(qtbot: QtBot, bench: Bench) -> None:
    failures: list[object] = []
    bench.controller.failed.connect(failures.append)
    with qtbot.waitSignal(bench.controller.ended, timeout=30_000):
        bench.controller.run(("chat", "code", "writing", "document", "batch"))
        bench.controller.cancel()
    assert failures == []
    assert not bench.controller.is_running


def test_without_a_model_it_says_so(qtbot: QtBot, bench: Bench) -> None:
    with qtbot.waitSignal(bench.models.unloaded, timeout=10_000):
        bench.models.unload()
    with qtbot.waitSignal(bench.controller.failed) as told:
        bench.controller.run(("chat",))
    assert told.args[0].code == "model.none_loaded"
