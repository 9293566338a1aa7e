"""Where add-ons are, and how a process of the engine finds what is in them.

An add-on is a folder of Python packages that the program installs on demand, below HOME. Its name says for
which Python and which lock it was made: one that an older Lathe has left is never imported.
"""

import hashlib
import os
import sys
import sysconfig
from functools import cache
from importlib import invalidate_caches
from pathlib import Path

from engine.frozen import bundle_folder

TRAINING = "training"
_HOME_VARIABLE = "LATHE_HOME"
_ENGINE = Path(__file__).resolve().parent


@cache
def training_lock() -> Path:
    """The exact versions of the training stack. Raises `FileNotFoundError`."""
    bundle = bundle_folder()
    places = [bundle / "resources" / "addons"] if bundle is not None else []
    places += [_ENGINE.parent / "app" / "_resources" / "addons", _ENGINE.parent / "packaging" / "locks"]
    for place in places:
        if (place / "train.txt").is_file():
            return place / "train.txt"
    raise FileNotFoundError(f"no lock of the training stack in {', '.join(map(str, places))}")


def training_folder(home: Path) -> Path:
    """Where the training stack of this Lathe belongs; need not exist. Raises `FileNotFoundError`."""
    # As text: another way of ending lines is no other lock.
    lock = training_lock().read_text("utf-8")
    digest = hashlib.sha256(lock.encode()).hexdigest()[:8]
    return home / "addons" / f"{TRAINING}-{sys.implementation.cache_tag}-{digest}"


def packages_folder(addon: Path) -> Path:
    """The folder for `sys.path`, inside an add-on that pip has installed with this as its prefix."""
    scheme = sysconfig.get_preferred_scheme("prefix")
    return Path(sysconfig.get_path("purelib", scheme, {"base": str(addon), "platbase": str(addon)}))


def activate(home: Path | None = None) -> bool:
    """Let this process import what add-ons have installed; whether there is anything.

    Own packages come first: an add-on adds, and replaces nothing. `home`: what LATHE_HOME says, if not given.
    """
    chosen = str(home) if home is not None else os.environ.get(_HOME_VARIABLE, "")
    if not chosen:
        return False
    try:
        packages = packages_folder(training_folder(Path(chosen)))
    except FileNotFoundError:
        return False
    if not packages.is_dir():
        return False
    if str(packages) not in sys.path:
        sys.path.append(str(packages))
        invalidate_caches()
    return True
