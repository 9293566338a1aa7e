"""Figures as people read them."""

import pytest

from app.panels.training.durations import duration
from app.widgets import numbers
from app.window.job_words import time_left


@pytest.mark.parametrize(
    "text",
    [
        numbers.size(3.2 * 1024**3),
        numbers.size(12),
        numbers.milliseconds(184),
        numbers.milliseconds(12_000),
        numbers.percent(50),
        numbers.share(0.412),
        numbers.count(7_241_000_000),
        *(duration(seconds) for seconds in (40, 600, 9000)),
        *(time_left(seconds) for seconds in (40, 600, 9000)),
    ],
)
def test_a_number_is_not_parted_from_its_unit(text: str) -> None:
    assert numbers.bound(" ") in text
    assert " " not in text
