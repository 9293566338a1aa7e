"""`python -m engine.worker`: the process in which models run. With `probe …`: measure one and end.

With `job`: one piece of work on files, and end; with `job --folder DIR` one that outlives its parent.
With `serve`: one model for programs that speak OpenAI's protocol. With `pip …`: pip, to install an add-on.
"""

import sys

if __name__ == "__main__":
    from engine.addon_folders import activate

    activate()
    if sys.argv[1:2] == ["probe"]:
        from engine.backends.llama_cpp.probe import main as probe

        probe(sys.argv[2:])
    elif sys.argv[1:3] == ["job", "--folder"]:
        from engine.worker.detached_job import main as work_in_folder

        work_in_folder(sys.argv[3])
    elif sys.argv[1:2] == ["job"]:
        from engine.worker.job import main as work

        work()
    elif sys.argv[1:2] == ["pip"]:
        from engine.worker.pip import main as pip

        pip(sys.argv[2:])
    elif sys.argv[1:2] == ["serve"]:
        from engine.server.process import main as serve

        serve()
    else:
        from engine.worker.main import main

        main()
