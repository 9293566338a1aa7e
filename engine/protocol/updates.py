"""The question whether there is a newer release; asked only when the user asks."""

from msgspec import Struct


class UpdateCheck(Struct, frozen=True, tag="update_check"):
    """`address`: answers as GitHub's “latest release” does. `current`: the version that asks. Ends with
    `UpdateFound`.
    """

    address: str
    current: str


class UpdateFound(Struct, frozen=True, tag="update_found"):
    """The newest release. `page`: its http(s) address, or "". `newer`: than the one that asked."""

    version: str
    page: str
    newer: bool
    published: str = ""
