"""Start of the program `lathe`: the window without arguments, else the command line."""

import multiprocessing
import sys

from engine.frozen import prepare

if __name__ == "__main__":
    multiprocessing.freeze_support()
    prepare()
    from engine.cli.main import main

    sys.exit(main())
