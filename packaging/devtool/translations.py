"""Collecting the texts of the window for translators, and compiling what they wrote."""

import re
from collections.abc import Sequence
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem
from devtool.processes import run_logged

FOLDER = layout.ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
ENGLISH = "en"
"""The language of the sources needs a file too: only for the plurals, “%n file(s)”."""


def update(console: Console, folder: Path = FOLDER, sources: Sequence[Path] | None = None) -> None:
    """Brings every `lathe_<language>.ts` up to date with the sources and compiles it to `.qm`.

    Texts that are gone are removed from the files; translations that exist are kept. Raises `Problem`.
    """
    if not layout.venv_program("pyside6-lupdate").exists():
        raise Problem("Qt's translation tools are missing: run `python3 dev.py setup` first.")
    files = sorted((layout.ROOT / "app").rglob("*.py")) if sources is None else list(sources)
    folder.mkdir(parents=True, exist_ok=True)
    for language in (*LANGUAGES, ENGLISH):
        texts = folder / f"lathe_{language}.ts"
        with console.step(f"translation {language}") as step:
            lupdate, lrelease = (layout.venv_program(f"pyside6-{tool}") for tool in ("lupdate", "lrelease"))
            collect: list[str | Path] = [lupdate, "-no-obsolete", "-locations", "none"]
            if language == ENGLISH:
                collect.append("-pluralonly")
            log = layout.STATE / "translations.log"
            run_logged([*collect, *files, "-ts", texts, "-target-language", language], log, step)
            if language == ENGLISH:
                _write_plurals(texts)
            compiled = texts.with_suffix(".qm")
            run_logged([lrelease, texts, "-qm", compiled], log, step)


def _write_plurals(texts: Path) -> None:
    """Fills the English forms by rule: “(s)” goes in the singular and loses its brackets in the plural."""

    def filled(message: re.Match[str]) -> str:
        source = message["source"]
        forms = (source.replace("(s)", ""), source.replace("(s)", "s"))
        inside = "".join(f"<numerusform>{form}</numerusform>" for form in forms)
        return f"<source>{source}</source>\n        <translation>{inside}</translation>"

    pattern = r"<source>(?P<source>[^<]*)</source>\s*<translation[^>]*>.*?</translation>"
    texts.write_text(re.sub(pattern, filled, texts.read_text("utf-8"), flags=re.DOTALL), "utf-8")
