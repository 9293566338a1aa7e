"""The tutorial “watch an induction head” (docs/user/attention.md) is true of the starter model."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.inspection.attention_stats import HeadStatistics, HeadTable, ranked
from engine.protocol.commands import Inspect
from engine.protocol.events import Failed, Inspected
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ModelSpec
from engine.taps.arrays import unpack
from tests.support.engine import Driver, running_engine
from tests.support.sources import ROOT

TEXT = "The wizard Zorblax met the dragon Quimby. Later the wizard Zorblax met the dragon Quimby"
PLAIN = "The wizard Zorblax met the dragon Quimby in a small town by the sea"


@pytest.fixture
def driver(home: Path, starter_path: Path) -> Iterator[Driver]:
    with running_engine(home) as running:
        running.load(ModelSpec(backend="llama_cpp", name="starter", path=str(starter_path)))
        yield running


def look(driver: Driver, text: str) -> tuple[Inspected, NDArray[np.generic], HeadTable]:
    job = driver.client.next_job()
    driver.send(Inspect(job=job, request=InspectRequest(text=text, taps=TapSpec())))
    event = driver.until(Inspected, Failed)
    assert isinstance(event, Inspected), event
    attention = unpack(event.arrays["attention"])
    statistics = HeadStatistics(event.token_ids)
    statistics.add_matrix(attention)  # type: ignore[arg-type]
    return event, attention, statistics.table()


def test_the_heads_are_those_that_the_tutorial_names(driver: Driver) -> None:
    event, attention, table = look(driver, TEXT)
    assert len(event.token_ids) == 28
    first, second = ranked(table.induction)[:2]
    # So near each other that the kernels of a processor decide which one is first.
    assert {first[:2], second[:2]} == {(18, 6), (17, 4)}
    assert first.value == pytest.approx(0.70, abs=0.03)
    assert second.value == pytest.approx(first.value, abs=0.05)
    previous = ranked(table.previous)[0]
    assert previous[:2] == (16, 0)
    assert previous.value == pytest.approx(0.85, abs=0.03)
    resting = ranked(table.first)[0]
    assert resting[:2] == (18, 8)
    assert resting.value > 0.99
    query, key = 25, 11
    assert (event.pieces[query], event.pieces[key]) == (b" Qu", b"im")
    assert float(attention[18, 6, query, key]) == pytest.approx(0.98, abs=0.02)
    assert query - key == 14, "the diagonal of what comes next is one nearer than the repetition"

    _, plain, _ = look(driver, PLAIN)
    assert float(plain[18, 6, 4:, 0].mean()) > 0.5, "without a repetition the head rests"


def test_the_texts_are_those_of_the_tutorial() -> None:
    words = (ROOT / "docs" / "user" / "attention.md").read_text(encoding="utf-8")
    assert TEXT in words
    assert PLAIN in words
