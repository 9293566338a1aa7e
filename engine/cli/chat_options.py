"""The options of `lathe chat`, and what they mean for a chat's settings."""

import argparse
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from engine.cli.context_options import add_context_options, context_values, with_context
from engine.cli.files import read_stdin, read_text, valid_text
from engine.cli.parser import LineParser, add_common
from engine.cli.sampling_options import add_sampling_options, sampling_values
from engine.errors import UserError
from engine.protocol.adapters import MAX_ADAPTER_SCALE, AdapterUse
from engine.protocol.values import ContextParams, LoadedModel, OverflowPolicy
from engine.sampling.params import SamplingParams
from engine.sampling.validate import with_values
from engine.store.records import SessionSettings

STARTER = "starter"


class Wishes(NamedTuple):
    """What the command line asks for, read and checked; only what was given."""

    model: str | None
    fake_script: str | None
    session: str | None
    sampling: dict[str, object]
    prompt: dict[str, object]
    context: dict[str, object]
    adapters: tuple[AdapterUse, ...] | None = None
    """None: those of the chat."""
    amateur: str | None = None


def fill(parser: LineParser) -> None:
    """Add everything to the parser of `chat`."""
    parser.epilog = "What is set here is kept with the chat; a later --session takes it over."
    parser.usage = "lathe chat [--model MODEL] [--prompt TEXT] [--session ID] [options]"
    add = parser.add_argument_group("what is said").add_argument
    add(
        "-p",
        "--prompt",
        metavar="TEXT",
        help="the message; - reads it from stdin; without it: a conversation",
    )
    add("-sys", "--system", metavar="TEXT", help="the system prompt")
    add("--session", metavar="ID", help="go on with this chat (an id, its beginning or end, or “last”)")
    add("--raw", action="store_const", const=True, help="no chat template: the text as it is")
    add("--template", metavar="FILE", help="a Jinja file instead of the model's own chat template")
    add(
        "--no-thinking",
        action="store_const",
        const=True,
        help="ask models that can reason first not to",
    )
    add(
        "--overflow",
        choices=get_args(OverflowPolicy),
        help="when the chat outgrows the context (default drop_oldest)",
    )
    add(
        "--keep-first",
        metavar="N",
        type=int,
        help="messages that keep_ends keeps at the beginning (default 2)",
    )
    add_model_options(parser)
    parser.add_argument(
        "--adapter",
        metavar="PATH[=SCALE]",
        action="append",
        help="a LoRA adapter (GGUF) beside the model, at full strength or scaled; several times for several; "
        "“none” takes those of the chat off",
    )
    parser.add_argument(
        "--amateur",
        metavar="MODEL",
        help="the smaller model of the same family that --decoding contrastive subtracts",
    )
    add_sampling_options(parser)
    add_context_options(parser)
    add_common(parser)


def add_model_options(parser: LineParser, *, positional: bool = False) -> None:
    """Which model."""
    section = parser.add_argument_group("which model")
    words = "a library name, the path of a GGUF file, or an endpoint's name; “starter” is the bundled model"
    if positional:
        section.add_argument("model", metavar="MODEL", nargs="?", help=words)
    else:
        section.add_argument("-m", "--model", metavar="MODEL", help=f"{words} (default)")
    section.add_argument(
        "--fake-model",
        metavar="SCRIPT.json",
        nargs="?",
        const="",
        help="no model at all: scripted replies, to try things out",
    )


def read_wishes(args: argparse.Namespace) -> Wishes:
    """Raises `UserError`."""
    prompt: dict[str, object] = {}
    if args.system is not None:
        prompt["system"] = valid_text(args.system)
    if args.raw:
        prompt["raw"] = True
    if args.template is not None:
        prompt["template"] = read_text(Path(args.template))
    if args.no_thinking:
        prompt["enable_thinking"] = False
    if args.overflow is not None:
        prompt["overflow"] = args.overflow
    if args.keep_first is not None:
        _check_keep_first(args.keep_first)
        prompt["keep_first"] = args.keep_first
    return Wishes(
        model=args.model,
        fake_script=args.fake_model,
        session=args.session,
        sampling=sampling_values(args),
        prompt=prompt,
        context=context_values(args),
        adapters=_read_adapters(args.adapter) if args.adapter else None,
        amateur=None if args.amateur is None else _lasting_name(args.amateur),
    )


def read_prompt(text: str) -> str:
    """The message. Raises `UserError`."""
    prompt = read_stdin() if text == "-" else valid_text(text)
    if text == "-":
        prompt = prompt.removesuffix("\n").removesuffix("\r")
    return prompt


def model_to_load(wishes: Wishes, before: SessionSettings | None, last_model: str) -> str:
    """The one asked for, else the chat's, else the starter."""
    return wishes.model or (before.model if before else "") or last_model or STARTER


def context_to_load(wishes: Wishes, before: SessionSettings | None, defaults: ContextParams) -> ContextParams:
    """The chat's context, or the program's settings, with what was given."""
    return with_context(before.context if before else defaults, wishes.context)


def chat_settings(
    wishes: Wishes, before: SessionSettings | None, loaded: LoadedModel, model: str, context: ContextParams
) -> SessionSettings:
    """What the chat is set to from now on. A new one begins with what the model's file recommends."""
    base = before or SessionSettings(sampling=loaded.recommended or SamplingParams())
    return msgspec.structs.replace(
        base,
        model=base.model if loaded.backend == "fake" else _lasting_name(model),
        sampling=with_values(base.sampling, **wishes.sampling),
        prompt=msgspec.structs.replace(base.prompt, **wishes.prompt),
        context=context,
        adapters=base.adapters if wishes.adapters is None else wishes.adapters,
        amateur=base.amateur if wishes.amateur is None else wishes.amateur,
    )


def _read_adapters(texts: list[str]) -> tuple[AdapterUse, ...]:
    """Raises `UserError` model.missing, params.invalid."""
    return tuple(_read_adapter(text) for text in texts if text != "none")


def _read_adapter(text: str) -> AdapterUse:
    """A path that exists is one, whatever it contains; else what follows the last “=” is the scale."""
    path = Path(text).expanduser()
    scale = 1.0
    if not path.exists() and "=" in text:
        name, _, number = text.rpartition("=")
        path = Path(name).expanduser()
        try:
            scale = float(number)
        except ValueError:
            scale = float("nan")
        if not -MAX_ADAPTER_SCALE <= scale <= MAX_ADAPTER_SCALE:
            raise UserError(
                "params.invalid",
                name="adapter",
                value=number,
                reason="the scale is out of range",
                minimum=-MAX_ADAPTER_SCALE,
                maximum=MAX_ADAPTER_SCALE,
            )
    if not path.exists():
        raise UserError("model.missing", path=path)
    return AdapterUse(str(path.absolute()), scale)


def _lasting_name(model: str) -> str:
    """A relative path would mean nothing elsewhere."""
    path = Path(model).expanduser()
    return str(path.absolute()) if model != STARTER and path.exists() else model


def _check_keep_first(value: int) -> None:
    if not 0 <= value <= 1000:
        raise UserError(
            "params.invalid",
            name="keep_first",
            value=value,
            reason="it is out of range",
            minimum=0,
            maximum=1000,
        )
