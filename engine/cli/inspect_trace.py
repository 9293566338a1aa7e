"""`lathe inspect trace`: a reply, and what every sampler stage did to each token."""

import argparse
import math
from pathlib import Path

from engine.cli.inspect_text import add_text_options, load, shown, text_request
from engine.cli.parser import LineParser
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.sampling_options import add_sampling_options, sampling_values
from engine.cli.terminal import write_json, write_line
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import Generate
from engine.protocol.events import AnyEvent, GenerationDone, PromptProgress, Token
from engine.protocol.inspection import InspectRequest, StageCandidate, StageTrace
from engine.protocol.values import ChatRequest, PromptOptions
from engine.sampling.params import SamplingParams
from engine.sampling.validate import with_values

_DESCRIPTION = (
    "Answers a prompt and prints for each token its probability under the model's own distribution, its "
    "rank there (0: the most probable), the best candidates, and for each stage of the sampler how many "
    "candidates it kept and the most probable ones that it removed. The draw is the last stage. Nothing "
    "is saved."
)
_MOST_CANDIDATES = 1000


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    parser.add_argument(
        "--candidates", metavar="N", type=int, default=10, help="best candidates of each token (default 10)"
    )
    add_sampling_options(parser)
    add_text_options(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if not 0 <= args.candidates <= _MOST_CANDIDATES:
        raise UserError(
            "params.invalid",
            name="candidates",
            value=args.candidates,
            reason="it is out of range",
            minimum=0,
            maximum=_MOST_CANDIDATES,
        )
    values = sampling_values(args)
    text = text_request(args)
    with opened_runtime(home) as runtime:
        loaded = load(runtime, args)
        # Candidates are counted after every stage, so generating speed is not the point here.
        sampling = with_values(loaded.recommended or SamplingParams(), **values)
        _generate(runtime, _request(text, sampling, args.candidates), json_lines=args.json)
    return 0


def _request(text: InspectRequest, sampling: SamplingParams, candidates: int) -> ChatRequest:
    return ChatRequest(
        messages=text.messages or (Message.of("user", text.text),),
        sampling=sampling,
        prompt=PromptOptions(system=text.system, raw=not text.messages),
        n_probs=candidates,
        trace=True,
    )


def _generate(runtime: Runtime, request: ChatRequest, *, json_lines: bool) -> None:
    held: list[Token] = []

    def on_event(event: AnyEvent) -> None:
        if isinstance(event, PromptProgress):
            runtime.progress.prompt(event)
        elif isinstance(event, Token):
            runtime.progress.clear()
            # The last token also gets the text that the engine held back behind it.
            if held:
                _show(held.pop(), "", json_lines=json_lines)
            held.append(event)

    command = Generate(job=runtime.next_job(), request=request)
    try:
        done = runtime.ask(command, (GenerationDone,), on_event)
    finally:
        runtime.progress.clear()
    assert isinstance(done, GenerationDone)  # noqa: S101 - as `ask` promises
    if held:
        _show(held.pop(), done.tail, json_lines=json_lines)


def _show(token: Token, tail: str, *, json_lines: bool) -> None:
    if json_lines:
        write_json(_fields(token, tail))
        return
    write_line(
        f"{shown(token.text + tail)}  p {math.exp(token.logprob):.3f}, rank {token.rank}", style="bold"
    )
    for stage in token.stages:
        write_line(f"  {_stage_line(stage)}")


def _stage_line(stage: StageTrace) -> str:
    removed = ", ".join(f"{shown(one.text)} {one.p:.1%}" for one in stage.removed[:4])
    more = f" (removed {stage.removed_count:,}: {removed}…)" if stage.removed_count else ""
    detail = f" · {stage.detail}" if stage.detail else ""
    return f"{stage.sampler:<12} kept {stage.kept:,}{more}{detail}"


def _fields(token: Token, tail: str) -> dict[str, object]:
    return {
        "id": token.id,
        "text": token.text + tail,
        "p": math.exp(token.logprob),
        "rank": token.rank,
        "entropy": token.entropy,
        "candidates": [
            {"id": one.id, "text": one.text, "p": math.exp(one.logprob)} for one in token.candidates
        ],
        "stages": [_stage_fields(stage) for stage in token.stages],
    }


def _stage_fields(stage: StageTrace) -> dict[str, object]:
    return {
        "sampler": stage.sampler,
        "kept": stage.kept,
        "removed_count": stage.removed_count,
        "removed": [_candidate(one) for one in stage.removed],
        "top": [_candidate(one) for one in stage.top],
        "detail": stage.detail,
    }


def _candidate(one: StageCandidate) -> dict[str, object]:
    return {"id": one.id, "text": one.text, "logit": one.logit, "p": one.p}
