"""Installing what Lathe can do without; see `engine.addons`."""

from typing import ClassVar, Literal

from msgspec import Struct

AddonName = Literal["training"]


class InstallAddonJob(Struct, frozen=True, tag="install_addon"):
    """Fetch an add-on's packages and put them into `target`, a folder that appears when all are there.

    `torch_index`: where the builds of PyTorch for this machine are, besides the usual index; "" for none.
    """

    pausable: ClassVar[bool] = False

    addon: AddonName
    target: str
    torch_index: str = ""


class AddonInstalled(Struct, frozen=True, tag="addon_installed"):
    """`size_bytes` on disk; `packages`: how many distributions."""

    addon: AddonName
    path: str
    packages: int
    size_bytes: int
    seconds: float
