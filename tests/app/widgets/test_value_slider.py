"""What a slider tells assistive technology."""

from typing import Any

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.theme.theme import Theme
from app.widgets.value_slider import ValueSlider


def test_it_tells_the_number_and_not_its_steps(qtbot: QtBot) -> None:
    slider = ValueSlider("Temperature", Theme("dark"), minimum=0, maximum=2, step=0.01)
    qtbot.addWidget(slider)
    slider.set_number(0.8)
    told: Any = QAccessible.queryAccessibleInterface(slider)
    value = told.valueInterface()
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.Slider, "Temperature")
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (0.8, 0, 2)
    assert value.minimumStepSize() == 0.01
    assert told.text(QAccessible.Text.Value) == "0.8"
    assert told.actionInterface() is not None
    assert told.textInterface() is None  # what is not there is said so, without a crash


def test_a_value_that_is_set_counts_as_the_users(qtbot: QtBot) -> None:
    slider = ValueSlider("Min-p", Theme("dark"), minimum=0, maximum=1, step=0.05)
    qtbot.addWidget(slider)
    told: Any = QAccessible.queryAccessibleInterface(slider)
    heard: list[float] = []
    slider.number_changed.connect(heard.append)
    told.valueInterface().setCurrentValue(0.25)
    assert slider.number() == 0.25
    assert heard == [0.25]
