"""Commands inside a conversation: lines that begin with a slash."""

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from engine.cli.conversation import Conversation, Leave
from engine.cli.sampling_options import parse_value
from engine.cli.terminal import tell, write_line
from engine.errors import UserError
from engine.sampling.specs import SPECS
from engine.sampling.validate import parse_number, with_values

if TYPE_CHECKING:
    from engine.store.transfer.exporting import ExportFormat

_FORMATS: "dict[str, ExportFormat]" = {".json": "json", ".jsonl": "messages"}


class _Command(NamedTuple):
    usage: str
    words: str
    run: Callable[[Conversation, str], None]


def is_command(text: str) -> bool:
    """A path or a comment may begin with a slash too; only a word right after one is a command."""
    return text.startswith("/") and text[1:].partition(" ")[0].isalpha()


def run_command(conversation: Conversation, text: str) -> None:
    """Run one; mistakes are told. Raises `Leave`."""
    name, _, rest = text[1:].partition(" ")
    command = _COMMANDS.get(name.lower())
    if command is None:
        near = difflib.get_close_matches(name.lower(), _COMMANDS, 1, 0.5)
        tell(f"There is no /{name}. Did you mean /{near[0]}?" if near else f"There is no /{name}; see /help.")
        return
    try:
        command.run(conversation, rest.strip())
    except UserError as error:
        tell(f"lathe: error: {error.one_line()}")


def _help(conversation: Conversation, _: str) -> None:
    del conversation
    width = max(len(command.usage) for command in _COMMANDS.values())
    for command in _COMMANDS.values():
        write_line(f"{command.usage:<{width}}  {command.words}")
    write_line("A backslash at the end of a line continues the message on the next one.")


def _new(conversation: Conversation, _: str) -> None:
    conversation.restart()
    tell("The next message begins a new chat.", style="dim")


def _system(conversation: Conversation, text: str) -> None:
    settings = conversation.settings
    if not text:
        tell(
            settings.prompt.system or "There is no system prompt. /system TEXT sets one, /system - clears it."
        )
        return
    prompt = msgspec.structs.replace(settings.prompt, system="" if text == "-" else text)
    conversation.change(msgspec.structs.replace(settings, prompt=prompt))
    tell("The system prompt is cleared." if text == "-" else "The system prompt is set.", style="dim")


def _seed(conversation: Conversation, text: str) -> None:
    if not text:
        seed = conversation.settings.sampling.seed
        tell("A fresh seed for each reply." if seed < 0 else f"The seed is {seed}; -1 draws a fresh one.")
        return
    _change_sampling(conversation, "seed", parse_number(SPECS["seed"], text))


def _set(conversation: Conversation, text: str) -> None:
    name, _, value = text.partition(" ")
    name = name.lstrip("-").replace("-", "_")
    sampling = conversation.settings.sampling
    if not name:
        changed = {
            one: getattr(sampling, one) for one in SPECS if getattr(sampling, one) != SPECS[one].default
        }
        for one, now in changed.items():
            tell(f"{one} = {now}")
        if not changed:
            tell("Every setting has its default.")
    elif not value:
        with_values(sampling, **({} if name in SPECS else {name: None}))
        tell(f"{name} = {getattr(sampling, name)}")
    else:
        known = SPECS.get(name)
        _change_sampling(conversation, name, parse_value(known, value.strip()) if known else value)


def _change_sampling(conversation: Conversation, name: str, value: object) -> None:
    settings = conversation.settings
    sampling = with_values(settings.sampling, **{name: value})
    conversation.change(msgspec.structs.replace(settings, sampling=sampling))
    tell(f"{name} = {getattr(sampling, name)}", style="dim")


def _retry(conversation: Conversation, _: str) -> None:
    if not conversation.retry():
        tell("There is no reply yet.")


def _save(conversation: Conversation, text: str) -> None:
    from engine.store.transfer.exporting import export_file  # noqa: PLC0415 - rarely used

    if conversation.session is None:
        tell("There is nothing to save yet.")
    elif not text:
        tell(
            f"The chat is saved as {conversation.session.id}. /save FILE writes a copy (.md, .json, .jsonl)."
        )
    else:
        target = Path(text).expanduser()
        form = _FORMATS.get(target.suffix.lower(), "markdown")
        export_file(conversation.runtime.store, conversation.session.id, form, target)
        tell(f"Wrote {target} ({form}).", style="dim")


def _quit(conversation: Conversation, _: str) -> None:
    del conversation
    raise Leave


_COMMANDS: dict[str, _Command] = {
    "help": _Command("/help", "show these commands", _help),
    "new": _Command("/new", "begin a new chat; this one is kept", _new),
    "system": _Command(
        "/system TEXT", "set the system prompt; - clears it, without TEXT it is shown", _system
    ),
    "seed": _Command("/seed N", "same seed, same reply; -1 draws a fresh one each time", _seed),
    "set": _Command("/set NAME VALUE", "change a sampling setting, such as temperature 0.2", _set),
    "retry": _Command("/retry", "another version of the last reply, with a fresh seed", _retry),
    "save": _Command("/save FILE", "write the chat to a file: .md, .json, or .jsonl for training", _save),
    "quit": _Command("/quit", "leave; so does Ctrl+D", _quit),
}
