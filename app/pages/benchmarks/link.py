"""Joins the benchmarks page with its controller, the models and the window."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.bridge.background import Background
from app.controllers.benchmarks import BenchmarksController
from app.controllers.models import ModelsController
from app.pages.benchmarks.view import BenchmarksView
from app.pages.chat.host import PageHost

SUFFIXES = {"csv": ".csv", "markdown": ".md"}


class BenchmarksLink(QObject):
    """Lives as long as the page."""

    def __init__(
        self,
        view: BenchmarksView,
        controller: BenchmarksController,
        models: ModelsController,
        background: Background,
        host: PageHost,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._background = background
        self._host = host
        view.run_requested.connect(controller.run)
        view.cancel_requested.connect(controller.cancel)
        controller.begun.connect(view.begin)
        controller.progressed.connect(view.set_progress)
        controller.ended.connect(view.end)
        controller.failed.connect(host.show_error)
        controller.records_changed.connect(view.set_records)
        results = view.results
        results.delete_requested.connect(controller.delete)
        results.restore_requested.connect(controller.restore)
        results.copy_requested.connect(self._copy)
        results.export_requested.connect(self._export)
        models.loaded.connect(lambda model: view.set_model(model.name))
        models.unloaded.connect(lambda: view.set_model(""))
        view.set_model(models.current.name if models.current is not None else "")
        controller.refresh()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._host.show_toast(self.tr("Copied as a Markdown table."))

    def _export(self, form: str, text: str) -> None:
        suggested = f"benchmarks{SUFFIXES[form]}"
        chosen, _filter = QFileDialog.getSaveFileName(self._view, self.tr("Export results"), suggested)
        if not chosen:
            return
        path = Path(chosen)
        self._background.run(
            lambda: path.write_text(text, encoding="utf-8"),
            lambda _count: self._host.show_toast(self.tr("Saved as {name}.").format(name=path.name)),
        )
