#!/usr/bin/env python3
"""Set up and run Lathe from a plain clone, or check it.

    python3 dev.py run [ARGUMENTS OF LATHE]
    python3 dev.py test [--fast] [--only CHECK,CHECK] [--benchmarks] [ARGUMENTS OF PYTEST]

Both make `.venv`, install the locked dependencies and the starter model, and do nothing twice. This file
keeps to what Python 3.6 can read, so that old interpreters answer in words; the work is in packaging/devtool.
"""

import os
import sys

MINIMUM = (3, 11)


def refusal(major: int, minor: int) -> "str | None":
    """The sentence for an interpreter that is too old, or None."""
    if (major, minor) >= MINIMUM:
        return None
    return (
        f"Lathe needs Python 3.11 or newer, and this is Python {major}.{minor} ({sys.executable}). "
        "Install a newer one from python.org or your package manager and run it by name, for example: "
        "python3.12 dev.py run"
    )


def main(arguments: "list[str]") -> int:
    """The exit code: 0 done, 1 a check failed, 2 something the user can fix, 130 interrupted."""
    sentence = refusal(*sys.version_info[:2])
    if sentence:
        sys.stderr.write(f"dev.py: {sentence}\n")
        return 2
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "packaging"))
    from devtool.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
