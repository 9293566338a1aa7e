"""`ConvertJob`: which way is meant, by what the source is and how the target is called."""

from pathlib import Path

from engine.convert.adapter_base import GPT2_TRANSPOSED
from engine.convert.adapter_gguf import run_adapter_back, run_adapter_to_gguf
from engine.convert.back import run_back
from engine.convert.folder_weights import Tell
from engine.convert.merge_folder import run_merge
from engine.convert.merging import Merge
from engine.convert.peft_folder import is_peft, read_peft
from engine.convert.to_gguf import run_to_gguf
from engine.errors import UserError
from engine.library.gguf_header import read_header
from engine.protocol.jobs import ConvertJob, FileWritten


def run_convert(job: ConvertJob, tell: Tell) -> FileWritten:
    """Raises `UserError` model.*, convert.*, adapter.*, output.*."""
    source, target = Path(job.source), Path(job.target)
    to_file = target.suffix.lower() == ".gguf"
    if source.is_file():
        if to_file:
            raise UserError("convert.target", source=source.name, target=target.name)
        if read_header(source).metadata.get("general.type") == "adapter":
            return run_adapter_back(job, tell)
        return run_back(job, tell, _merge(job))
    if is_peft(source):
        if not to_file or job.adapter:
            raise UserError("convert.target", source=source.name, target=target.name)
        return run_adapter_to_gguf(job, tell)
    if not to_file and job.adapter:
        merge = _merge(job)
        assert merge is not None  # noqa: S101 - there is an adapter
        return run_merge(job, tell, merge)
    return run_to_gguf(job, tell, _merge(job))


def _merge(job: ConvertJob) -> Merge | None:
    if not job.adapter:
        return None
    adapter = read_peft(Path(job.adapter))
    # Only GPT-2's modules are called so.
    return Merge(adapter, GPT2_TRANSPOSED)
