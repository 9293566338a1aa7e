"""One row of the settings page: what it is, what it does, the control, the way back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.pages.settings.specs import CONTEXT, SettingSpec
from app.settings import AppSettings
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.switch import Switch
from app.widgets.text_field import TextField

CONTROL_WIDTH = 190


def told(text: str) -> str:
    """A text of the specs in the user's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


class Row(QWidget):
    """Title and explanation left, a control right."""

    def __init__(self, title: str, explanation: str, control: QWidget | None = None) -> None:
        super().__init__()
        self.words = f"{title} {explanation}"
        self.wanted = True
        """Whether there is anything to show; a row that is not wanted is never found."""
        head = QLabel(title)
        head.setProperty("role", "body")
        head.setWordWrap(True)
        self._explanation = QLabel(explanation)
        self._explanation.setProperty("role", "faint")
        self._explanation.setWordWrap(True)
        self.texts = QVBoxLayout()
        self.texts.setSpacing(2)
        self.texts.addWidget(head)
        if explanation:
            self.texts.addWidget(self._explanation)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 11, 10, 11)
        self.row.setSpacing(10)
        self.row.addLayout(self.texts, 1)
        if control is not None:
            head.setBuddy(control)
            control.setToolTip(explanation)
            self.row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def matches(self, query: str) -> bool:
        """Whether every word of the query occurs."""
        folded = self.words.casefold()
        return all(word in folded for word in query.casefold().split())


class SettingRow(Row):
    """A row bound to a key of `AppSettings`, in both directions."""

    def __init__(self, spec: SettingSpec, settings: AppSettings, theme: Theme) -> None:
        control, show = _CONTROLS[spec.kind](spec, settings, theme)
        super().__init__(told(spec.title), told(spec.help), control)
        self.spec = spec
        self._settings = settings
        self._show = show
        control.setAccessibleName(told(spec.title))
        control.setAccessibleDescription(told(spec.help))
        self.control = control
        self.reset_button = QToolButton()
        self.reset_button.setIcon(icon("rotate-ccw"))
        self.reset_button.setIconSize(QSize(14, 14))
        self.reset_button.setToolTip(self.tr("Back to the default"))
        self.reset_button.setAccessibleName(self.tr("Reset {setting}").format(setting=told(spec.title)))
        self.reset_button.clicked.connect(lambda: settings.reset(spec.key))
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.row.addWidget(self.reset_button)
        settings.changed.connect(self._follow)
        self._follow(spec.key)

    def _follow(self, key: str) -> None:
        if key == self.spec.key:
            self._show(self._settings.value(key))
            self.reset_button.setVisible(not self._settings.is_default(key))


Shown = Callable[[Any], None]
Made = tuple[QWidget, Shown]


class _Choice(QComboBox):
    """Does not change when the page is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Number(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _choice(spec: SettingSpec, settings: AppSettings, _theme: Theme) -> Made:
    box = _Choice()
    box.setFixedWidth(CONTROL_WIDTH)
    for value, text in spec.choices:
        box.addItem(told(text), value)
    box.activated.connect(lambda _index: settings.set_value(spec.key, box.currentData()))
    return box, lambda value: box.setCurrentIndex(box.findData(value))


def _switch(spec: SettingSpec, settings: AppSettings, theme: Theme) -> Made:
    box = Switch(told(spec.title), theme)
    box.toggled.connect(lambda checked: settings.set_value(spec.key, bool(checked)))
    return box, box.setChecked


def _number(spec: SettingSpec, settings: AppSettings, _theme: Theme) -> Made:
    box = _Number()
    box.setFixedWidth(CONTROL_WIDTH)
    box.setRange(spec.minimum, spec.maximum)
    box.setSingleStep(spec.step)
    box.setGroupSeparatorShown(True)
    box.setSpecialValueText(told(spec.zero_text))
    box.setSuffix(told(spec.suffix))
    box.setKeyboardTracking(False)
    box.valueChanged.connect(lambda value: settings.set_value(spec.key, int(value)))
    return box, box.setValue


def _text(spec: SettingSpec, settings: AppSettings, theme: Theme) -> Made:
    box = TextField(told(spec.title), theme, placeholder=spec.placeholder, height=30)
    box.setFixedWidth(CONTROL_WIDTH + 90)
    box.editingFinished.connect(lambda: settings.set_value(spec.key, box.text().strip()))
    return box, lambda value: box.setText(str(value))


_CONTROLS: dict[str, Callable[[SettingSpec, AppSettings, Theme], Made]] = {
    "choice": _choice,
    "switch": _switch,
    "number": _number,
    "text": _text,
}
