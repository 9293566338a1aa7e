"""Writing what a run has learned for other programs; each export is checked against the trained model."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from app.models.runs import RunView
from app.theme.theme import Theme
from app.widgets.numbers import decimal, size, whole
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.finetune.recipe.recipe import Method
from engine.protocol.finetune import Exported, ExportJob

_LORA: tuple[Method, ...] = ("lora", "rslora", "qlora")
_MERGED: tuple[Method, ...] = (*_LORA, "dora", "adalora", "ia3", "full")
_PLAIN = ("f16", "bf16", "f32")
_SMALL = 1e-3
_QUANTIZED = ("q8_0", "q6_k", "q5_k_m", "q4_k_m", "q4_0")


class ExportForm(QWidget):
    """What, in which type, and where to; then what the check has found."""

    requested = Signal(object)
    """`ExportJob` without its home and base."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: RunView | None = None
        self._types: dict[str, str] = {}  # of the files that were asked for
        self.what = Select(self.tr("What to write"), (), theme)
        self.type = Select(self.tr("Type of the weights"), _named(_PLAIN), theme)
        self.type.set_current("f16")
        self.write = TextButton(self.tr("Export…"), theme, icon_name="file-up")
        self._result = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)
        self._type_label = TextLabel(self.tr("Type"), theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(TextLabel(self.tr("As"), theme), 0, 0)
        grid.addWidget(self.what, 0, 1)
        grid.addWidget(self._type_label, 1, 0)
        grid.addWidget(self.type, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.write)
        column.addWidget(self._result)
        self._result.hide()
        self.what.selected.connect(lambda _key: self._show_types())
        self.write.clicked.connect(self._ask)

    def show_run(self, view: RunView) -> None:
        """What this run can be written as."""
        if self._view is None or self._view.id != view.id:
            self._result.hide()
        self._view = view
        choices = self._choices(view)
        if [key for key, _ in choices] != [self.what.itemData(at) for at in range(self.what.count())]:
            self.what.set_choices(choices)
        if not self.what.current():
            self.what.set_current(choices[0][0])
        self._show_types()
        self.setEnabled(view.has_result)

    def show_exported(self, run_id: str, exported: Exported) -> None:
        """The figures of the check."""
        if self._view is None or self._view.id != run_id:
            return
        text = self.tr(
            "Written: {path} ({size}). Against the trained model, on {tokens} tokens: mean KL {kl} nats, the "
            "same most probable token in {top} %."
        )
        text = text.format(
            path=exported.path,
            size=size(exported.size_bytes),
            tokens=whole(exported.tokens),
            kl=decimal(exported.kl, 3) if exported.kl >= _SMALL else f"{exported.kl:.2e}",
            top=decimal(100 * exported.top1, 1),
        )
        if self._types.get(exported.path) in _QUANTIZED:
            text += " " + self.tr("That is what quantizing costs; F16 costs nearly nothing.")
        self._result.set_text(text)
        self._result.show()

    def _choices(self, view: RunView) -> list[tuple[str, str]]:
        method, rewards = view.recipe.method, view.recipe.objective == "reward"
        found = []
        if method != "full":
            found.append(("adapter", self.tr("Adapter (PEFT folder)")))
        if method in _LORA and not rewards:
            found.append(("gguf", self.tr("Adapter (GGUF)")))
        if method in _MERGED and (not rewards or method == "full"):
            found.append(("safetensors", self.tr("Whole model (safetensors)")))
        if method in _MERGED and not rewards:
            found.append(("merged", self.tr("Whole model (GGUF)")))
        return found

    def _show_types(self) -> None:
        kind = self.what.current()
        names = (*_PLAIN, *_QUANTIZED) if kind == "merged" else _PLAIN
        if self.type.count() != len(names):
            self.type.set_choices(_named(names))
            if not self.type.current():
                self.type.set_current("f16")
        for widget in (self.type, self._type_label):
            widget.setVisible(kind != "adapter")

    def _ask(self) -> None:
        if self._view is None:
            return
        kind = self.what.current()
        name = self._view.name.replace("/", "-")
        if kind in ("gguf", "merged"):
            path, _filter = QFileDialog.getSaveFileName(
                self, self.tr("Export"), f"{name}.gguf", self.tr("GGUF (*.gguf)")
            )
        else:
            folder = QFileDialog.getExistingDirectory(self, self.tr("Where the new folder goes"))
            path = str(Path(folder) / name) if folder else ""
        if path:
            job = self.job(path)
            self._types[path] = job.type_name if job.merge else ""
            self.requested.emit(job)

    def job(self, path: str) -> ExportJob:
        """For what is chosen."""
        kind = self.what.current()
        target: Literal["adapter", "safetensors", "gguf"] = "gguf"
        if kind == "adapter":
            target = "adapter"
        elif kind == "safetensors":
            target = "safetensors"
        run = self._view.id if self._view is not None else ""
        return ExportJob("", run, target, path, self.type.current() or "f16", merge=kind == "merged")


def _named(types: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one, one.upper()) for one in types]
