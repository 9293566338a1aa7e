"""Kinds of values that several sections of a recipe share."""

from typing import Annotated

from msgspec import Meta

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Targets = str | tuple[str, ...]
