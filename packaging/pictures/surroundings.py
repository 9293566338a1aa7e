"""Where the pictured program runs: no display, a screen of fixed size, and nothing of this user's own.

Imports nothing of Qt: the environment is set before.
"""

import os
import shutil
import tempfile
from pathlib import Path

from engine.library.starter import starter_path

SCREEN = """{"screens": [
 {"name": "screen", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "dpr": 1}
]}"""
FOLDER = "lathe-pictures"
"""Below the system's folder for temporary files. The settings page shows it."""
OWN = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE", "OLLAMA_MODELS")


def make_home() -> Path:
    """A fresh home folder with a copy of the starter model; sets the environment of this process."""
    found = starter_path()
    if found is None:
        raise SystemExit("The starter model is not installed. Run `python3 dev.py test` once.")
    folder = Path(tempfile.gettempdir()) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    models = folder / "home" / "models" / "starter"
    models.mkdir(parents=True)
    shutil.copyfile(found, models / found.name)
    screen = folder / "screen.json"
    screen.write_text(SCREEN, "utf-8")
    for name in OWN:
        os.environ.pop(name, None)
    os.environ |= {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": "1",
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "LATHE_HOME": str(folder / "home"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    return folder / "home"


def remove_home(home: Path) -> None:
    """Everything that `make_home` made."""
    shutil.rmtree(home.parent, ignore_errors=True)
