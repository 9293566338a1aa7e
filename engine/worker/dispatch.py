"""One `match` over the commands: each goes to the backend that has the model."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from engine.backends.backend import Backend, Control, ReadingBackend, TokenizedText
from engine.errors import UserError
from engine.protocol.commands import (
    AnyCommand,
    Cancel,
    EmbedTexts,
    FillMask,
    Generate,
    Inspect,
    LoadModel,
    MeasurePrompt,
    Ping,
    RunBenchmark,
    SaveState,
    ScoreNextSentence,
    Shutdown,
    Tokenize,
    UnloadModel,
    UpdateSampling,
    UpdateTaps,
)
from engine.protocol.events import (
    AnyEvent,
    LoadProgress,
    ModelLoaded,
    ModelUnloaded,
    PromptReady,
    StateSaved,
    Tokens,
)
from engine.protocol.values import BackendKind

Send = Callable[[AnyEvent], None]


class Dispatcher:
    """Holds the backend of the loaded model and runs one command at a time."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._kind: BackendKind | None = None
        self._backend: Backend | None = None

    def run(self, command: AnyCommand, control: Control) -> None:  # noqa: PLR0912 - one branch a command
        """Execute and answer. Errors are the caller's to report."""
        send, job = self._send, command.job
        match command:
            case LoadModel():
                self._load(command, control)
            case UnloadModel():
                self.close()
                send(ModelUnloaded(job=job))
            case Generate(request=request):
                for event in self._loaded().generate(job, request, control):
                    send(event)
            case MeasurePrompt():
                report = self._loaded().measure_prompt(
                    command.messages, command.prompt, command.max_tokens, command.segments
                )
                send(PromptReady(job=job, report=report))
            case Tokenize(text=text, special=special, path=path, inside=inside):
                tokens = (
                    _tokenize_with(path, text, special, inside)
                    if path
                    else self._loaded().tokenize(text, special)
                )
                send(Tokens(job=job, ids=tokens.ids, pieces=tokens.pieces, special=tokens.special))
            case SaveState(path=path):
                saved = self._loaded().save_state(path)
                send(StateSaved(job=job, path=path, size_bytes=saved.size_bytes, tokens=saved.tokens))
            case RunBenchmark(scenario=scenario):
                for event in self._loaded().benchmark(job, scenario, control):
                    send(event)
            case Inspect(request=inspect_request):
                for event in self._loaded().inspect(job, inspect_request, control):
                    send(event)
            case FillMask(text=text, top=top):
                send(self._reading().fill_mask(job, text, top))
            case EmbedTexts(texts=texts):
                send(self._reading().embed(job, texts, control))
            case ScoreNextSentence(first=first, second=second):
                send(self._reading().next_sentence(job, first, second))
            case UpdateTaps() | Cancel() | UpdateSampling() | Ping() | Shutdown():
                raise AssertionError("taken by the reader")
            case _:
                assert_never(command)

    def kv_usage(self) -> tuple[int, int]:
        """(tokens held, tokens that fit). Read by the statistics thread."""
        backend = self._backend
        return backend.kv_usage() if backend else (0, 0)

    def close(self) -> None:
        """Unload."""
        if self._backend is not None:
            self._backend.unload()
            self._backend = None

    def _loaded(self) -> Backend:
        if self._backend is None:
            raise UserError("model.none_loaded")
        return self._backend

    def _reading(self) -> ReadingBackend:
        backend = self._loaded()
        if not isinstance(backend, ReadingBackend):
            raise UserError("encoder.no_encoder")
        return backend

    def _load(self, command: LoadModel, control: Control) -> None:
        had_model = self._backend is not None
        self.close()
        try:
            self._load_into(_make_backend(command.model.backend), command, control)
        except BaseException:
            if had_model:  # its memory was needed for the new one
                self._send(ModelUnloaded())
            raise

    def _load_into(self, backend: Backend, command: LoadModel, control: Control) -> None:

        def report(fraction: float, stage: str) -> None:
            self._send(LoadProgress(job=command.job, fraction=fraction, stage=stage))

        loaded = backend.load(command.model, command.context, report, control)
        self._backend = backend
        self._send(ModelLoaded(job=command.job, model=loaded))


def _tokenize_with(path: str, text: str, special: bool, inside: bool) -> TokenizedText:
    """By the vocabulary of a file that is not loaded."""
    if Path(path).is_dir():
        from engine.backends.torch import vocabularies  # noqa: PLC0415

        return (vocabularies.cut if inside else vocabularies.tokenize)(path, text, special)
    from engine.backends.llama_cpp.vocabularies import tokenize  # noqa: PLC0415

    return tokenize(path, text, special)


def _make_backend(kind: BackendKind) -> Backend:
    """Imported on demand: a process pays only for the runtime it uses."""
    match kind:
        case "llama_cpp":
            from engine.backends.llama_cpp.backend import LlamaCppBackend  # noqa: PLC0415

            return LlamaCppBackend()
        case "fake":
            from engine.backends.fake.backend import FakeBackend  # noqa: PLC0415

            return FakeBackend()
        case "remote":
            from engine.backends.remote.backend import RemoteBackend  # noqa: PLC0415

            return RemoteBackend()
        case "torch":
            from engine.backends.torch.backend import TorchBackend  # noqa: PLC0415

            return TorchBackend()
        case _:
            assert_never(kind)
