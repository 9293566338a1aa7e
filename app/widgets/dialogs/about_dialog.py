"""What this is, which versions run, and whose work it stands on."""

from PySide6.QtCore import QRectF, Qt, qVersion
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.diagnostics.reports import DISTRIBUTION, installed_version
from app.resource_paths import resource, resource_root
from app.theme.fonts import mono_font
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.scrolling import TextScroll

PACKAGES = (
    ("Qt, PySide6", "PySide6-Essentials", "LGPL-3.0"),
    ("llama.cpp, llama-cpp-python", "llama-cpp-python", "MIT"),
    ("NumPy", "numpy", "BSD-3-Clause"),
    ("pyqtgraph", "pyqtgraph", "MIT"),
    ("sqlite-utils", "sqlite-utils", "Apache-2.0"),
    ("msgspec", "msgspec", "BSD-3-Clause"),
    ("Jinja", "jinja2", "BSD-3-Clause"),
    ("markdown-it-py", "markdown-it-py", "MIT"),
    ("Pygments", "Pygments", "BSD-2-Clause"),
    ("ziamath", "ziamath", "MIT"),
    ("psutil", "psutil", "BSD-3-Clause"),
    ("keyring", "keyring", "MIT"),
    ("openai", "openai", "Apache-2.0"),
)
"""Name, distribution, licence."""


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(str(resource("app-icon.svg")), self)
        self.setFixedSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(self.rect()))
        painter.end()


class AboutDialog(QDialog):
    """Two tabs: versions, and licences in full: of fonts and icons, in a package of everything inside."""

    def __init__(self, engine_build: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Lathe"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_as_large_as(self, 560, 520)
        self._engine_build = engine_build
        name = QLabel("Lathe")
        name.setProperty("role", "title")
        version = QLabel(
            self.tr("Version {version}, Apache-2.0").format(version=installed_version(DISTRIBUTION))
        )
        version.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(_Mark())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(version)
        words.addStretch(1)
        head.addLayout(words, 1)
        tabs = QTabWidget()
        tabs.addTab(self._versions(), self.tr("Versions"))
        tabs.addTab(self._licences(), self.tr("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton(self.tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.clicked.connect(self._copy_versions)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(tabs, 1)
        column.addWidget(buttons)

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("Qt", str(qVersion()))]
        if self._engine_build:
            rows.append((self.tr("Engine"), self._engine_build))
        rows += [(name, f"{installed_version(package)} · {licence}") for name, package, licence in PACKAGES]
        return rows

    def _versions(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(4, 12, 4, 4)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(20)
        for name, value in self._rows():
            label, version = QLabel(name), QLabel(value)
            label.setProperty("role", "muted")
            label.setMinimumHeight(version.sizeHint().height())
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            version.setWordWrap(True)  # the engine lists what its processor can do
            version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label, version)
        return TextScroll(self.tr("Versions"), page)

    def _licences(self) -> QWidget:
        text = QPlainTextEdit(readOnly=True)
        text.setFont(mono_font(11))
        text.setAccessibleName(self.tr("Licences"))
        text.setTabChangesFocus(True)
        files = sorted((resource_root() / "licenses").glob("*.txt"))
        parts = [f"{path.stem}\n\n{path.read_text(encoding='utf-8').strip()}" for path in files]
        text.setPlainText("\n\n\n".join(parts))
        return text

    def copied_text(self) -> str:
        """All versions, one a line."""
        rows = [f"{name}: {value}" for name, value in self._rows()]
        return "\n".join([f"Lathe {installed_version(DISTRIBUTION)}", *rows])

    def _copy_versions(self) -> None:
        QGuiApplication.clipboard().setText(self.copied_text())
        self._copy.setText(self.tr("Copied"))
