"""The disk image for macOS: Lathe.app, signed and notarised where the environment says with what.

LATHE_SIGN_IDENTITY   a “Developer ID Application” identity of the keychain; without it: ad hoc
LATHE_NOTARY_PROFILE  a profile that `xcrun notarytool store-credentials` has made; without it: not
notarised
"""

import os
import shutil
import subprocess
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem

ENTITLEMENTS = layout.ROOT / "packaging" / "macos" / "entitlements.plist"
_AD_HOC = "-"
_CODE = (".so", ".dylib")


def application(bundle: Path) -> Path:
    """The .app that PyInstaller makes beside the folder."""
    return bundle.with_name("Lathe.app")


def write_image(bundle: Path, version: str, folder: Path, console: Console) -> Path:
    """Raises `Problem`."""
    app = application(bundle)
    identity = os.environ.get("LATHE_SIGN_IDENTITY", "") or _AD_HOC
    sign(app, identity)
    target = folder / f"lathe-{version}-macos-{os.uname().machine}.dmg"
    target.unlink(missing_ok=True)
    stage = layout.BUILD / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    run(["ditto", str(app), str(stage / app.name)])
    (stage / "Applications").symlink_to("/Applications")
    image = ["hdiutil", "create", "-volname", f"Lathe {version}", "-srcfolder", str(stage)]
    run([*image, "-fs", "APFS", "-format", "ULFO", str(target)])
    shutil.rmtree(stage)
    if identity != _AD_HOC:
        run(["codesign", "--sign", identity, "--timestamp", str(target)])
    if profile := os.environ.get("LATHE_NOTARY_PROFILE"):
        run(["xcrun", "notarytool", "submit", str(target), "--keychain-profile", profile, "--wait"])
        run(["xcrun", "stapler", "staple", str(target)])
    else:
        console.line("       not notarised: LATHE_NOTARY_PROFILE is not set")
    return target


def sign(app: Path, identity: str) -> None:
    """From the inside out, because a signature covers what is inside. Raises `Problem`."""
    hardened = [] if identity == _AD_HOC else ["--options", "runtime", "--timestamp"]
    command = ["codesign", "--force", "--sign", identity, *hardened]
    entitled = [*command, "--entitlements", str(ENTITLEMENTS)]
    libraries = [path for path in app.rglob("*") if path.suffix in _CODE and not path.is_symlink()]
    for path in sorted(libraries, key=lambda path: -len(path.parts)):
        run([*command, str(path)])
    for framework in sorted(app.rglob("*.framework"), key=lambda path: -len(path.parts)):
        run([*command, str(framework)])
    for name in ("lathe", "lathe-worker"):
        run([*entitled, str(app / "Contents" / "MacOS" / name)])
    run([*entitled, str(app)])
    run(["codesign", "--verify", "--deep", "--strict", str(app)])


def run(command: list[str]) -> None:
    """Raises `Problem` with what the tool has said."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise Problem(
            f"{' '.join(command[:3])}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
        )
