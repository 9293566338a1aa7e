"""Heights of many messages: total, position of one and message at a position in O(log n)."""

from collections.abc import Iterable


class HeightIndex:
    """A Fenwick tree over heights in whole pixels."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        tree = [0, *self._heights]
        for at in range(1, len(tree)):
            parent = at + (at & -at)
            if parent < len(tree):
                tree[parent] += tree[at]
        self._tree = tree

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def set(self, index: int, height: int) -> int:
        """Change one height; returns the difference."""
        difference = height - self._heights[index]
        if difference:
            self._heights[index] = height
            at = index + 1
            while at < len(self._tree):
                self._tree[at] += difference
                at += at & -at
        return difference

    def append(self, height: int) -> None:
        """Add a height at the end."""
        self._heights.append(height)
        at = len(self._heights)
        low = at - (at & -at)
        self._tree.append(height + self.top(at - 1) - self.top(low))

    def top(self, index: int) -> int:
        """Sum of the heights before `index`."""
        total = 0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    def total(self) -> int:
        return self.top(len(self._heights))

    def at(self, y: int) -> int:
        """Index of the message that covers `y`; the nearest one outside."""
        index, step = 0, 1 << len(self._heights).bit_length()
        while step:
            if index + step <= len(self._heights) and self._tree[index + step] <= y:
                index += step
                y -= self._tree[index]
            step >>= 1
        return max(0, min(index, len(self._heights) - 1))
