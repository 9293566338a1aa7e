"""Design tokens: every colour, size and radius of the window, as one value per theme."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """Colours as #RRGGBB; sizes in logical pixels.

    bg0 rail and status line · bg1 side panels · bg2 canvas · bg3 raised · bg4 hover · bg5 selected.
    On selected rows use `fg2`, not `fg3` (contrast).
    """

    name: str
    dark: bool
    bg0: str
    bg1: str
    bg2: str
    bg3: str
    bg4: str
    bg5: str
    line: str
    line2: str
    fg: str
    fg2: str
    fg3: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    accent_fill: str
    accent_fill_hover: str
    on_accent: str
    ok: str
    warn: str
    error: str
    info: str
    code: str
    track: str
    taken: str
    radius_tag: int = 4
    radius_control: int = 6
    radius_card: int = 8
    radius_bubble: int = 12
    text_xs: int = 11
    text_s: int = 12
    text_m: int = 13
    text_l: int = 14
    text_xl: int = 16
    text_h: int = 20
    gutter: int = 16
    gutter_wide: int = 24
    text_column: int = 680
    row_height: int = 48
    top_bar: int = 46
    icon_button: int = 28
    icon_size: int = 16


DARK = Tokens(
    name="dark", dark=True,
    bg0="#0B0C0E", bg1="#101114", bg2="#141519", bg3="#1A1B20", bg4="#1E2026", bg5="#262932",
    line="#202228", line2="#2E3139",
    fg="#ECEDF0", fg2="#A3A7B3", fg3="#7F8390",
    accent="#7B84F7", accent_hover="#929AFB", accent_soft="#23263F", accent_text="#A9B0FF",
    accent_fill="#5B64E6", accent_fill_hover="#4D56D6", on_accent="#FFFFFF",
    ok="#4CC38A", warn="#F0B04F", error="#F2616B", info="#5AB0FF",
    code="#0F1013", track="#2A2D35", taken="#5C606C",
)  # fmt: skip

LIGHT = Tokens(
    name="light", dark=False,
    bg0="#F1F1F4", bg1="#F7F7F9", bg2="#FFFFFF", bg3="#FFFFFF", bg4="#EDEEF1", bg5="#E4E6EC",
    line="#E6E7EB", line2="#D6D8DF",
    fg="#17181C", fg2="#555A66", fg3="#666B78",
    accent="#5560DB", accent_hover="#4450CC", accent_soft="#E9EBFD", accent_text="#4450CC",
    accent_fill="#5560DB", accent_fill_hover="#4450CC", on_accent="#FFFFFF",
    ok="#17794A", warn="#8A5700", error="#CC3340", info="#1F6FC0",
    code="#F7F7F9", track="#DFE1E7", taken="#A6ABB7",
)  # fmt: skip
