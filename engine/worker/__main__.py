"""`python -m engine.worker`: the process in which models run. With `probe …`: measure one and end.

With `job`: one piece of work on files, and end.
"""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["probe"]:
        from engine.backends.llama_cpp.probe import main as probe

        probe(sys.argv[2:])
    elif sys.argv[1:2] == ["job"]:
        from engine.worker.job import main as work

        work()
    else:
        from engine.worker.main import main

        main()
