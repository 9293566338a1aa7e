"""What a loaded model is, as a list of facts."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import count, decimal, size, whole
from app.widgets.painting import MEDIUM
from app.widgets.text_label import TextLabel
from engine.protocol.values import LoadedModel


class FactList(QWidget):
    """Names on the left, values on the right; long values are shortened with a tooltip."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._values: dict[str, TextLabel] = {}
        self.setAccessibleName(name)

    def set_facts(self, facts: list[tuple[str, str]]) -> None:
        """Replace the list; rows whose name stays are kept."""
        if list(self._values) != [name for name, _value in facts]:
            self._rebuild([name for name, _value in facts])
        for name, value in facts:
            self._values[name].set_text(value)

    def facts(self) -> dict[str, str]:
        return {name: label.full_text() for name, label in self._values.items()}

    def _rebuild(self, names: list[str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._values.clear()
        for name in names:
            row_widget = QWidget()
            row = QHBoxLayout(row_widget)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            value = TextLabel("", self._theme, role="fg", weight=MEDIUM, tabular=True, elide=True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(TextLabel(name, self._theme))
            row.addWidget(value, 1)
            self._column.addWidget(row_widget)
            self._values[name] = value


class ModelFacts(QObject):
    """Turns a `LoadedModel` into facts."""

    def model_facts(self, model: LoadedModel) -> list[tuple[str, str]]:
        """What the file is."""
        heads = self.tr("{heads} ({kv} KV)").format(heads=model.n_head, kv=model.n_head_kv)
        facts = [
            (self.tr("Architecture"), model.architecture),
            (self.tr("Parameters"), count(model.parameters)),
            (self.tr("Quantization"), model.quantization),
            (self.tr("File size"), size(model.size_bytes)),
            (self.tr("Layers"), whole(model.n_layer)),
            (self.tr("Heads"), heads),
            (self.tr("Embedding"), whole(model.n_embd)),
            (self.tr("Vocabulary"), whole(model.n_vocab)),
            (self.tr("Training length"), whole(model.n_ctx_train)),
            (
                self.tr("Chat template"),
                self.tr("in the model") if model.has_template else self.tr("none"),
            ),
            (self.tr("Hash"), model.model_hash[:16]),
        ]
        return [(name, value) for name, value in facts if value not in ("", "0", "0 (0 KV)", "–")]

    def run_facts(self, model: LoadedModel) -> list[tuple[str, str]]:
        """How it runs: what “auto” chose."""
        layers = self.tr("{used} of {all}").format(used=model.n_gpu_layers, all=model.n_layer)
        return [
            (self.tr("Device"), model.device),
            (self.tr("Context"), whole(model.n_ctx)),
            (self.tr("Threads"), whole(model.n_threads)),
            (self.tr("GPU layers"), layers),
            (self.tr("Flash attention"), self.tr("on") if model.flash_attention else self.tr("off")),
            (self.tr("KV cache per token"), size(model.kv_bytes_per_token)),
            (self.tr("KV cache"), size(model.kv_bytes_per_token * model.n_ctx)),
            (self.tr("Engine"), model.engine_build),
            (self.tr("Loaded in"), self.tr("{seconds} s").format(seconds=decimal(model.load_ms / 1000, 1))),
        ]
