"""What every file of the repository keeps to."""

import re

from tests.support.sources import relative, tracked_files

LONG_FILES: dict[str, int] = {
    "app/i18n/error_texts.py": 1100,  # written by packaging/error_texts.py
    "engine/error_catalog.py": 1000,  # a list of sentences, one after the other
}
"""Files that may be longer than 400 lines, with their limit."""

TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".cfg", ".json", ".yml", ".yaml", ".sh", ".ts", ".svg", ""}
PLACES = re.compile(
    r"(?<![\w.~])/(?:work|root|home/[a-z]{2,}|Users/[A-Za-z]{2,}|tmp/[a-z])[/\w]"  # somebody's machine
    r"|\bpypi\.org\b|\bregistry\.npmjs\b|\bfiles\.pythonhosted\b"  # registries: the user's settings say
)
ALLOWED = {
    "tests/contracts/test_sources.py",
    "engine/addons/training.py",  # the registry that users install the training stack from
}


def test_files_are_short() -> None:
    too_long = {}
    for path in tracked_files("*.py"):
        lines = path.read_text("utf-8").count("\n")
        if lines > LONG_FILES.get(relative(path), 400):
            too_long[relative(path)] = lines
    assert not too_long


def test_package_files_are_empty() -> None:
    """Importing a part of a package must not import the rest."""
    assert [relative(path) for path in tracked_files("*__init__.py") if path.stat().st_size] == []


def test_packaging_is_no_package() -> None:
    """`packaging/__init__.py` would hide the library of that name."""
    assert tracked_files("packaging/__init__.py") == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        if path.suffix not in TEXT_SUFFIXES or relative(path) in ALLOWED:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if match := PLACES.search(line):
                found.append(f"{relative(path)}:{number}: {match[0]}")
    assert not found


def test_no_pickle_and_no_web_view() -> None:
    forbidden = re.compile(
        r"^\s*(?:import|from) (?:pickle|cPickle|dill|joblib|PySide6\.QtWebEngine\w*)\b", re.MULTILINE
    )
    assert [
        relative(p)
        for p in tracked_files("app/*.py", "engine/*.py")
        if forbidden.search(p.read_text("utf-8"))
    ] == []


def test_icons_in_use_exist() -> None:
    """Every icon that the code names by a literal is bundled."""
    bundled = {path.stem for path in tracked_files("resources/icons/*.svg")}
    call = re.compile(r"\b(?:icon|draw_icon)\(\s*(?:painter,\s*)?\"([a-z0-9-]+)\"")
    missing = {
        f"{relative(path)}: {name}"
        for path in tracked_files("app/*.py")
        for name in call.findall(path.read_text("utf-8"))
        if name not in bundled
    }
    assert len(bundled) > 100
    assert not missing
