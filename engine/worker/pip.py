"""`engine.worker pip …`: pip, also in the packaged program, which has no `python -m`.

The end of stdin means that the process which wanted it is gone.
"""

import os
import sys
import threading

from engine.addons.pip_connections import SUBJECT_VARIABLE, watch_pip
from engine.store.home import lathe_home


def main(arguments: list[str]) -> None:
    """Never returns."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    watch_pip(lathe_home(), os.environ.get(SUBJECT_VARIABLE, ""))
    from pip._internal.cli.main import main as pip  # noqa: PLC0415

    code = pip(arguments)
    sys.stdout.flush()
    os._exit(int(code))


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
