"""`python -m engine.worker job`: one job from stdin, its events on stdout, then the end.

The end of stdin means that the parent is gone: the process ends at once, and leaves no part file. With
`--folder DIR` the job outlives its parent: see `engine.worker.detached_job`.
"""

import faulthandler
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from engine.errors import Cancelled, UserError
from engine.output import abandon
from engine.protocol.addons import InstallAddonJob
from engine.protocol.data import MeasureDataJob, PrepareDataJob
from engine.protocol.finetune import AskRunJob, ExportJob, FinetuneJob, PlanTrainingJob
from engine.protocol.gguf_edit import EditGgufJob
from engine.protocol.hub import DownloadJob, HubFiles, HubSearch
from engine.protocol.jobs import (
    AnyJob,
    CompareJob,
    ConvertJob,
    ImatrixJob,
    JobEnd,
    JobEvent,
    JobFailed,
    PlansJob,
    QuantizeJob,
    SensitivityJob,
    TargetJob,
    decode_job,
    encode_line,
)
from engine.protocol.lab import LabJob
from engine.protocol.library import ListModelsJob
from engine.protocol.updates import UpdateCheck
from engine.worker.job_lineage import note_lineage

Tell = Callable[[JobEvent], None]


def main() -> None:
    """Never returns."""
    faulthandler.enable(file=sys.stderr)
    # Ctrl+C in a terminal reaches every process there; what it means here is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands = os.fdopen(os.dup(0), "rb")
    events = os.dup(1)
    os.dup2(2, 1)  # whatever native code prints
    line = commands.readline()
    threading.Thread(target=_end_with_parent, args=(commands,), name="parent", daemon=True).start()
    lock = threading.Lock()

    def tell(event: JobEvent) -> None:
        data = memoryview(encode_line(event))
        with lock:
            try:
                while data:
                    data = data[os.write(events, data) :]
            except OSError:
                _leave()

    tell(outcome(lambda: run_any(decode_job(line), tell)))
    os._exit(0)


def outcome(work: Callable[[], JobEnd]) -> JobEnd:  # noqa: PLR0911 - one return a kind of end
    """How the work ended, whatever it raised."""
    try:
        return work()
    except UserError as error:
        return JobFailed(error.code, dict(error.params))
    except Cancelled:
        return JobFailed("cancelled")
    except MemoryError as error:
        return JobFailed("engine.out_of_memory", {"what": str(error) or "an allocation failed"})
    except msgspec.DecodeError as error:
        return JobFailed("", report=f"no job: {error}")
    except ModuleNotFoundError as error:
        return _missing(error) or JobFailed("", report=traceback.format_exc())
    except Exception:  # noqa: BLE001 - told to the parent as a bug, with its report
        return JobFailed("", report=traceback.format_exc())


def _missing(error: ModuleNotFoundError) -> JobFailed | None:
    """What to install, where a part of the training stack is not there; None for other modules."""
    from engine.addons.pip_output import canonical  # noqa: PLC0415
    from engine.addons.training import COMMAND, locked_versions  # noqa: PLC0415 - for this only

    package = (error.name or "").partition(".")[0]
    if canonical(package) not in locked_versions():
        return None
    return JobFailed("addon.missing", {"package": package, "command": COMMAND})


def run_any(job: AnyJob, tell: Tell) -> JobEnd:
    """Do it, and note what the file that it made was made from."""
    end = _run(job, tell)
    note_lineage(job, end)
    return end


def _run(job: AnyJob, tell: Tell) -> JobEnd:  # noqa: PLR0911, PLR0912 - one return a kind of job
    """Each capability is imported by the process that needs it."""
    match job:
        case FinetuneJob():
            from engine.finetune.job import run_finetune  # noqa: PLC0415

            return run_finetune(job, tell)
        case ExportJob():
            from engine.finetune.export import run_export  # noqa: PLC0415

            return run_export(job, tell)
        case PlanTrainingJob():
            from engine.finetune.planning import run_plan  # noqa: PLC0415

            return run_plan(job, tell)
        case AskRunJob():
            from engine.finetune.asking import run_ask  # noqa: PLC0415

            return run_ask(job, tell)
        case QuantizeJob():
            from engine.quantize.job import run_quantize  # noqa: PLC0415

            return run_quantize(job, tell)
        case PlansJob():
            from engine.quantize.plans import run_plans  # noqa: PLC0415

            return run_plans(job, tell)
        case ImatrixJob():
            from engine.quantize.imatrix import run_imatrix  # noqa: PLC0415

            return run_imatrix(job, tell)
        case CompareJob():
            from engine.evaluate.job import run_compare  # noqa: PLC0415

            return run_compare(job, tell)
        case SensitivityJob():
            from engine.quantize.sensitivity import run_sensitivity  # noqa: PLC0415

            return run_sensitivity(job, tell)
        case TargetJob():
            from engine.quantize.target import run_target  # noqa: PLC0415

            return run_target(job, tell)
        case ConvertJob():
            from engine.convert.job import run_convert  # noqa: PLC0415

            return run_convert(job, tell)
        case DownloadJob():
            from engine.hub.download import run_download  # noqa: PLC0415

            return run_download(job, tell)
        case InstallAddonJob():
            from engine.addons.training import run_install_addon  # noqa: PLC0415

            return run_install_addon(job, tell)
        case EditGgufJob():
            from engine.edit_gguf.job import run_edit  # noqa: PLC0415

            return run_edit(job, tell)
        case HubFiles():
            from engine.hub.listing import run_files  # noqa: PLC0415

            return run_files(job, tell)
        case UpdateCheck():
            from engine.network.updates import run_update_check  # noqa: PLC0415
            from engine.store.home import lathe_home  # noqa: PLC0415

            return run_update_check(job, lathe_home())
        case HubSearch():
            from engine.hub.search import run_search  # noqa: PLC0415

            return run_search(job, tell)
        case PrepareDataJob():
            from engine.datasets.preparing import run_prepare_data  # noqa: PLC0415

            return run_prepare_data(job, tell)
        case MeasureDataJob():
            from engine.datasets.measuring import run_measure_data  # noqa: PLC0415

            return run_measure_data(job, tell)
        case LabJob():
            from engine.lab.job import run_lab  # noqa: PLC0415

            return run_lab(job, tell)
        case ListModelsJob():
            from engine.library.job import run_list_models  # noqa: PLC0415

            return run_list_models(job, tell)


def _end_with_parent(commands: BinaryIO) -> None:
    commands.read()
    _leave()


def _leave() -> None:
    abandon()
    os._exit(1)
