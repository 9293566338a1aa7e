"""Where the nodes of a beam tree stand: a column for each token, the best on top."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.protocol.inspection import BeamNode

COLUMN = 104.0
ROW = 26.0


@dataclass(frozen=True)
class Placed:
    """A node with its centre (x of its left edge), in unscaled pixels. `best`: on the best path."""

    node: BeamNode
    depth: int
    x: float
    y: float
    best: bool = False


class BeamTree:
    """Built from all nodes known so far; nodes without a known parent are roots."""

    def __init__(self, nodes: Mapping[int, BeamNode], length_penalty: float = 1.0) -> None:
        self.nodes = nodes
        self.length_penalty = length_penalty
        self._depths = self._measure()
        self.best = self.path(self._best()) if nodes else ()
        self.placed = self._place()

    def _measure(self) -> dict[int, int]:
        depths: dict[int, int] = {}
        for start in self.nodes:
            chain, at = [], start
            while at not in depths and at in self.nodes:
                chain.append(at)
                at = self.nodes[at].parent
            depth = depths.get(at, -1)
            for each in reversed(chain):
                depth += 1
                depths[each] = depth
        return depths

    def score(self, node: BeamNode) -> float:
        """Sum of log-probabilities by length to the power of the length penalty, as the search compares."""
        length = max(1, self._depths[node.id] + (0 if self._has_root else 1))
        return node.score / float(length**self.length_penalty)

    @property
    def _has_root(self) -> bool:
        """Whether the nodes at depth 0 are the empty beginning."""
        return any(node.parent < 0 and node.token < 0 for node in self.nodes.values())

    def _best(self) -> int:
        finished = [node for node in self.nodes.values() if node.state == "finished"]
        alive = [node for node in self.nodes.values() if node.state == "alive"]
        deepest = max((self._depths[node.id] for node in alive), default=0)
        leaves = finished or [node for node in alive if self._depths[node.id] == deepest]
        return max(leaves or self.nodes.values(), key=self.score).id

    def path(self, node_id: int) -> tuple[int, ...]:
        """Ids from the root to a node."""
        chain: list[int] = []
        while node_id in self.nodes:
            chain.append(node_id)
            node_id = self.nodes[node_id].parent
        return tuple(reversed(chain))

    def text(self, node_id: int) -> str:
        """The text of the hypothesis that ends in a node."""
        nodes = (self.nodes[each] for each in self.path(node_id))
        # A hypothesis is finished by the token that ends the turn, which is no text.
        return "".join(node.text for node in nodes if node.state != "finished")

    def children(self, node_id: int) -> list[int]:
        return [node.id for node in self.nodes.values() if node.parent == node_id]

    def _place(self) -> dict[int, Placed]:
        columns: dict[int, list[BeamNode]] = {}
        for node in self.nodes.values():
            columns.setdefault(self._depths[node.id], []).append(node)
        best = set(self.best)
        placed: dict[int, Placed] = {}
        for depth in sorted(columns):
            order = sorted(
                columns[depth], key=lambda node: (node.id not in best, node.state == "dropped", -node.score)
            )
            for row, node in enumerate(order):
                placed[node.id] = Placed(node, depth, depth * COLUMN, row * ROW, node.id in best)
        return placed

    @property
    def width(self) -> float:
        return (max((each.depth for each in self.placed.values()), default=0) + 1) * COLUMN

    @property
    def height(self) -> float:
        return max((each.y for each in self.placed.values()), default=0.0) + ROW
