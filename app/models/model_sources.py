"""What the places are called in which models are found."""

from PySide6.QtCore import QObject

OWN_NAMES = {
    "lmstudio": "LM Studio",
    "ollama": "Ollama",
    "huggingface": "Hugging Face",
    "text-generation-webui": "text-generation-webui",
    "jan": "Jan",
}
ICONS = {"starter": "package", "home": "house", "folder": "folder", "endpoint": "server"}


class ModelSources(QObject):
    """Names of programs are names; the rest is in the user's language."""

    def name(self, source: str) -> str:
        words = {
            "starter": self.tr("Starter"),
            "home": "Lathe",
            "folder": self.tr("Your folders"),
            "endpoint": self.tr("Endpoints"),
            "path": self.tr("Elsewhere"),
        }
        return words.get(source) or OWN_NAMES.get(source, source)
