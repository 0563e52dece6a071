"""Graph: the links of a map as a networkx graph, built when it is first looked at and kept in step by changes."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, Demand, Link, Project, Record, Service

if TYPE_CHECKING:
    import networkx

DELIVERED, FUNDED, ASKED, BECAME = "is delivered by", "is funded by", "is asked by", "became"
REFERENCES: dict[str, tuple[str, str]] = {
    DELIVERED: ("service", "provider"),
    FUNDED: ("project", "unit"),
    ASKED: ("demand", "unit"),
    BECAME: ("demand", "project"),
}
"""What a field of a record says as an edge: its type -> kind of its source, kind of its target."""

EDGE_ENDS = {**LINK_ENDS, **REFERENCES}
"""Every type of edge -> kind of its source, kind of its target."""


@dataclasses.dataclass(frozen=True, slots=True)
class Edge:
    """One edge: its type, its ends, and the link behind it (None where a field of the source says it)."""

    type: str
    source: str
    target: str
    link: Link | None = None

    @property
    def key(self) -> str:
        """What tells the edge from others between the same ends."""
        return self.link.id if self.link else f"{self.source} {self.type}"


@dataclasses.dataclass(frozen=True, slots=True)
class Hop:
    """One step of a route: over which edge, to which record."""

    edge: Edge
    to: str


Route = tuple[Hop, ...]


class Graph:
    """The links of a map, and the fields that work like links, as one directed graph.

    ``types`` narrows it to some types of edge. Give ``follow`` to the document as an observer and the graph stays in
    step; until somebody looks at ``network`` there is nothing to keep.
    """

    def __init__(self, current: Map, types: Collection[str] = tuple(EDGE_ENDS)) -> None:
        self._map = current
        self._types = frozenset(types)
        self._kinds = frozenset(kind for type_ in self._types for kind in EDGE_ENDS[type_])
        self._network: networkx.MultiDiGraph[str] | None = None

    @property
    def network(self) -> networkx.MultiDiGraph[str]:
        """The networkx graph, for any of its algorithms. Nodes are record ids with a ``kind``; edges have their
        ``type`` and, as ``edge``, the Edge. Look at it; alter the map by a change.
        """
        if self._network is None:
            self._network = self._built()
        return self._network

    def follow(self, change: Change) -> None:
        """Take in a change that the map has just undergone."""
        if self._network is None:
            return
        network = self._network
        for old in change.before.values():
            for edge in self._edges_of(old):
                if network.has_edge(edge.source, edge.target, edge.key):
                    network.remove_edge(edge.source, edge.target, edge.key)
        for record_id, new in change.after.items():
            if new is not None and new.kind in self._kinds:
                network.add_node(record_id, kind=new.kind)
            elif record_id in network:
                network.remove_node(record_id)
        for new in change.after.values():
            self._join(network, new)

    def reach(self, start: str, steps: int, through: Callable[[str], bool] = lambda kind: True) -> dict[str, Route]:
        """The records within so many steps of this one, against or along the edges, each with the shortest route to
        it.

        ``through`` says by its kind whether a record may stand in the middle of a route.
        """
        routes: dict[str, Route] = {start: ()}
        waiting = deque([start] if start in self.network else [])
        while waiting:
            here = waiting.popleft()
            route = routes[here]
            if len(route) == steps or (route and not through(self._map[here].kind)):
                continue
            for edge in self._edges_at(here):
                there = edge.target if edge.source == here else edge.source
                if there not in routes:
                    routes[there] = (*route, Hop(edge, there))
                    waiting.append(there)
        del routes[start]
        return routes

    def _edges_at(self, record_id: str) -> Iterator[Edge]:
        for ends in (self.network.succ, self.network.pred):
            for edges in ends[record_id].values():
                yield from (attributes["edge"] for attributes in edges.values())

    def _built(self) -> networkx.MultiDiGraph[str]:
        import networkx

        network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        network.add_nodes_from((record.id, {"kind": record.kind}) for record in self._map if record.kind in self._kinds)
        for record in self._map:
            self._join(network, record)
        return network

    def _join(self, network: networkx.MultiDiGraph[str], record: Record | None) -> None:
        for edge in self._edges_of(record):
            if edge.source in network and edge.target in network:
                network.add_edge(edge.source, edge.target, edge.key, type=edge.type, edge=edge)

    def _edges_of(self, record: Record | None) -> Iterator[Edge]:
        """The edges that stand in this record."""
        if isinstance(record, Link):
            if record.type in self._types:
                yield Edge(record.type, record.source, record.target, record)
            return
        references: tuple[tuple[str, str | None], ...] = ()
        if isinstance(record, Service):
            references = ((DELIVERED, record.provider),)
        elif isinstance(record, Project):
            references = ((FUNDED, record.funding_unit),)
        elif isinstance(record, Demand):
            references = ((ASKED, record.unit), (BECAME, record.project))
        for type_, target in references:
            if record is not None and target is not None and type_ in self._types:
                yield Edge(type_, record.id, target)
