"""Start of the program `lathe-worker`: what `python -m engine.worker` is in a checkout."""

import multiprocessing
import runpy

from engine.frozen import prepare

if __name__ == "__main__":
    multiprocessing.freeze_support()
    prepare()
    runpy.run_module("engine.worker", run_name="__main__", alter_sys=True)
