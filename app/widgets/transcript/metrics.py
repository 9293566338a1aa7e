"""Distances of the transcript in logical pixels, before zoom."""

COLUMN = 680  # avatar and text
GUTTER = 36  # avatar tile and the space beside it
AVATAR = 24
MARGIN = 24  # between the column and the edge of a narrow view
TOP, BOTTOM = 12, 4  # around a message
DIVIDER = 36
HEADER = 26
FOOTER = 34
BUTTON = 28
ICON = 15
BUBBLE_X, BUBBLE_Y = 14, 9
BUBBLE_SHARE = 0.74  # of the column, at most
BESIDE = 174  # room that the buttons beside a bubble need
BELOW_BUBBLE = 8
CHIP = 28
QUOTE, LIST = 16, 24  # what a container indents
THINKING_HEADER = 28
THINKING_INDENT = 18
ERROR_PAD = 10

GAP = 10
GAP_ITEM = 5
GAP_CARD = 12
GAP_HEADING_ABOVE, GAP_HEADING_BELOW = 20, 7
