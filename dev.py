#!/usr/bin/env python3
"""Set up and run Lathe from a plain clone, or check it.

    python3 dev.py run [ARGUMENTS OF LATHE]
    python3 dev.py test [--fast] [--only CHECK,CHECK] [--benchmarks] [ARGUMENTS OF PYTEST]

Both make `.venv`, install the locked dependencies and the starter model, and do nothing twice. This file
keeps to what old interpreters can read, so that they answer in words; the work is in packaging/devtool.
"""

import os
import sys

MINIMUM = (3, 11)


def refusal(version):
    """The sentence for an interpreter that is too old, or None."""
    if tuple(version[:2]) >= MINIMUM:
        return None
    return (
        "Lathe needs Python %d.%d or newer, and this is Python %d.%d (%s). "
        "Install a newer one from python.org or your package manager and run it by name, for example: "
        "python3.12 dev.py run" % (MINIMUM + tuple(version[:2]) + (sys.executable,))
    )


def main(arguments):
    sentence = refusal(sys.version_info)
    if sentence:
        sys.stderr.write("dev.py: " + sentence + "\n")
        return 2
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "packaging"))
    from devtool.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
