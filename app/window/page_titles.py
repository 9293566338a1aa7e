"""Names of the pages, known before the pages are imported."""

from PySide6.QtCore import QCoreApplication


def chat() -> str:
    return QCoreApplication.translate("Pages", "Chat")


def inspect() -> str:
    return QCoreApplication.translate("Pages", "Inspect")


def benchmarks() -> str:
    return QCoreApplication.translate("Pages", "Throughput and benchmarks")


def data() -> str:
    return QCoreApplication.translate("Pages", "Data")


def finetune() -> str:
    return QCoreApplication.translate("Pages", "Fine-tune")


def quantize() -> str:
    return QCoreApplication.translate("Pages", "Quantize")


def models() -> str:
    return QCoreApplication.translate("Pages", "Models")


def settings() -> str:
    return QCoreApplication.translate("Pages", "Settings")


def help_page() -> str:
    return QCoreApplication.translate("Pages", "Help")
