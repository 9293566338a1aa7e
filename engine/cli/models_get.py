"""`lathe models get`: fetch a model from a hub."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import run_job
from engine.cli.parser import LineParser
from engine.cli.runtime import opened_store
from engine.cli.terminal import note, write_json, write_line
from engine.hub.names import check_repo, check_revision, folder_of
from engine.hub.settings import SETTING, HubSettings, check_address, settings_from
from engine.protocol.hub import Downloaded, DownloadJob, HubFiles, HubListed, HubVariant

_DESCRIPTION = (
    "Fetches a model from a hub that speaks the protocol of huggingface.co into HOME/models. Only GGUF and "
    "safetensors files with their configuration and tokenizer are ever fetched. A download that was broken "
    "off goes on where it ended; every file is checked against its hash. HF_ENDPOINT names a mirror, "
    "HF_TOKEN a key."
)
_FITS = {"fits": "fits", "tight": "tight", "too_large": "too large", "unknown": ""}


def fill_get(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("repo", metavar="REPO", help="like bartowski/Qwen3-4B-GGUF, or the address of its page")
    add(
        "--file",
        metavar="PATTERN",
        action="append",
        default=[],
        help="which files, like Q4_K_M or '*Q4_K_M*' (repeatable)",
    )
    add("--revision", metavar="R", default="", help="a branch, tag or commit (the newest one otherwise)")
    add("--endpoint", metavar="URL", default="", help="the hub to ask (the one of the settings otherwise)")
    add("--list", action="store_true", help="show what there is, with sizes, and fetch nothing")


def get(args: argparse.Namespace, home: Path) -> None:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    with opened_store(home) as store:
        settings: HubSettings = settings_from(store.settings.get(SETTING, {}))
    endpoint = check_address(args.endpoint) if args.endpoint else ""
    address = settings.reachable()
    repo, revision = check_repo(args.repo), check_revision(args.revision)
    folder = str(folder_of(home.absolute(), repo))
    if args.list:
        _list(home, HubFiles(endpoint or address, repo, folder, revision), json_lines=args.json)
        return
    job = DownloadJob(endpoint or address, repo, tuple(args.file), folder, revision)
    end = run_job(home, job, f"Getting {repo}", json_lines=args.json)
    assert isinstance(end, Downloaded)  # noqa: S101 - how such a job ends
    if args.json:
        write_json(
            {
                "event": "done",
                "path": end.path,
                "size_bytes": end.size_bytes,
                "seconds": round(end.seconds, 3),
                "repo": end.repo,
                "revision": end.revision,
                "license": end.license,
                "files": list(end.files),
            }
        )
        return
    write_line(end.path)
    spent = tables.duration(end.seconds)
    note(f"{tables.size(end.size_bytes)} in {spent}, licence {end.license or 'not stated'}")


def _list(home: Path, job: HubFiles, *, json_lines: bool) -> None:
    end = run_job(home, job, f"Looking at {job.repo}", json_lines=False)
    assert isinstance(end, HubListed)  # noqa: S101
    if json_lines:
        for each in end.variants:
            write_json(_fields(end, each))
        return
    rows = [
        (
            each.label,
            tables.size(each.size_bytes),
            tables.size(each.need_bytes) if each.need_bytes else "",
            _FITS[each.fit],
            str(len(each.files)),
        )
        for each in end.variants
    ]
    tables.print_table(("VARIANT", "SIZE", "MEMORY", "HERE", "FILES"), rows, right=(1, 2, 4))
    said = end.license or "not stated"
    note(f"revision {end.revision[:12]}, licence {said}; {end.left_out} other files are never fetched")


def _fields(listed: HubListed, variant: HubVariant) -> dict[str, object]:
    return {
        "repo": listed.repo,
        "revision": listed.revision,
        "license": listed.license,
        "variant": variant.label,
        "kind": variant.kind,
        "size_bytes": variant.size_bytes,
        "need_bytes": variant.need_bytes,
        "fit": variant.fit,
        "files": [file.path for file in variant.files],
    }
