"""How far shapes look from their targets: the triples that a partition needs beside its own.

Shapes are an automaton over the data. A state is a place in a shape (its focus nodes, its value nodes, a step of its path);
a transition follows triples of one predicate, forwards or against their direction, to another state. What no transition
follows no constraint of SHACL Core sees. SPARQL sees everything, so shapes that use it have no bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pyoxigraph as ox

from cablegraph.quads import RDF_TYPE, Term
from cablegraph.validation.terms import SH, SHAPE_LISTS, SHAPE_VALUED
from cablegraph.validation.wellformed import CLASSES, Node, Said, items, said_of

SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
#: Parameters that compare a focus node's values with those of another property.
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
#: What may be asked in SPARQL.
_QUERIES = ("sparql", "validator", "nodeValidator", "propertyValidator")
_START, _CLASS, _END = 0, 1, 2


@dataclass(frozen=True, order=True)
class Step:
    """From ``state`` along triples of ``predicate`` (as in N-Triples; empty: of any) to ``then``; ``None`` is where nothing follows."""

    state: int
    predicate: str
    inverse: bool
    then: int | None


@dataclass(frozen=True, order=True)
class Target:
    """What a shape targets: ``kind`` is ``class``, ``node``, ``subjects`` or ``objects``; terms as in N-Triples.

    ``mark`` is a property whose values are the shape's focus nodes, for shapes that are told their targets.
    """

    kind: str
    value: str
    mark: str


@dataclass(frozen=True)
class Bounds:
    """What shapes reach from which targets; ``shapes`` are the same shapes, but the targets of each are the values of its mark."""

    steps: list[Step]
    targets: list[Target]
    shapes: str

    def seen(self) -> set[str]:
        """The predicates of triples that shapes can see at all; with the empty one, those of any."""
        return {RDF_TYPE, SUBCLASS, *(t.value for t in self.targets), *(step.predicate for step in self.steps)}

    def leads(self) -> set[str]:
        """The predicates of triples that make targets, or that matter outside the partition of their subject."""
        outside = {step.then for step in self.steps}
        far = {s.predicate for s in self.steps if s.inverse or s.then is not None or s.state in outside}
        return far | {RDF_TYPE, SUBCLASS} | {each.value for each in self.targets}


def bounds_of_shapes(shapes: str) -> Bounds | None:
    """Tell what shapes (from :func:`read_shapes`) reach; None where they know no bounds."""
    triples = [quad.triple for quad in ox.parse(shapes, format=ox.RdfFormat.N_TRIPLES)]
    said = said_of((t.subject, t.predicate, t.object) for t in triples)
    is_open = any(name in about for about in said.values() for name in _QUERIES)
    if is_open or any(
        SUBCLASS[1:-1] in about for about in said.values()
    ):  # a class of classes could make shapes of classes
        return None
    found = {
        node: frozenset((kind, str(value)) for kind, name in _TARGETS.items() for value in about.get(name, ()))
        for node, about in said.items()
    }
    numbers = {
        each: number for number, each in enumerate(dict.fromkeys(found.values()))
    }  # shapes of one target share a mark
    marks = {node: f"<target:{numbers[each]}>" for node, each in found.items() if each}
    targets = sorted({Target(kind, value, marks[node]) for node in marks for kind, value in found[node]})
    kept = [f"{t} ." for t in triples if not _is_target(t)]
    kept += [f"{node} <{SH}targetObjectsOf> {mark} ." for node, mark in marks.items()]
    return Bounds(_Automaton(said, list(marks)).steps(), targets, "\n".join(kept) + "\n")


_TARGETS = {"class": "targetClass", "node": "targetNode", "subjects": "targetSubjectsOf", "objects": "targetObjectsOf"}


def _is_target(triple: ox.Triple) -> bool:
    """Whether a triple makes targets; shapes that are classes have theirs stated, too, and need not be classes any more."""
    is_class = triple.predicate.value == RDF_TYPE[1:-1] and getattr(triple.object, "value", "") in CLASSES
    return is_class or triple.predicate.value in {SH + name for name in _TARGETS.values()}


@dataclass
class _Automaton:
    said: Said
    targeted: list[Node]
    arcs: list[tuple[int, str, bool, int]] = field(default_factory=list)
    free: list[tuple[int, int]] = field(default_factory=list)
    fresh: Iterator[int] = field(default_factory=lambda: count(3))
    met: dict[Term, int] = field(default_factory=dict)

    def steps(self) -> list[Step]:
        """Every transition, with those that cost nothing folded in."""
        self.arcs.append((_CLASS, SUBCLASS, False, _CLASS))
        self.free += [(_START, self._shape(node)) for node in self.targeted]
        free: dict[int, set[int]] = {}
        for one, other in self.free:
            free.setdefault(one, set()).add(other)
        leaving: dict[int, list[tuple[str, bool, int]]] = {}
        for state, predicate, inverse, then in self.arcs:
            leaving.setdefault(state, []).append((predicate, inverse, then))
        states = {state for arc in self.arcs for state in (arc[0], arc[3])}
        whole = {state: [arc for each in _closure(state, free) for arc in leaving.get(each, ())] for state in states}
        merged = _merged(whole)
        return sorted(
            {
                Step(merged[state], predicate, inverse, merged[then] if whole[then] else None)
                for state, arcs in whole.items()
                for predicate, inverse, then in arcs
            },
            key=lambda step: (step.state, step.predicate, step.inverse, -1 if step.then is None else step.then),
        )

    def _shape(self, shape: Term) -> int:
        """The state of focus nodes of a shape; whatever it refers to is put in place."""
        if shape in self.met:
            return self.met[shape]
        focus = self.met[shape] = next(self.fresh)
        about = {} if isinstance(shape, ox.Literal | ox.Triple) else self.said.get(shape, {})
        value = focus
        if "path" in about:
            value = next(self.fresh)
            for path in about["path"]:
                self._path(path, focus, value, inverse=False)
        for name in _PAIRS:
            self.arcs += [(focus, str(other), False, _END) for other in about.get(name, ())]
        if "class" in about:
            self.arcs.append((value, RDF_TYPE, False, _CLASS))
        if "closed" in about:
            self.arcs.append((value, "", False, _END))
        others = [other for name in SHAPE_VALUED for other in about.get(name, ())]
        others += [other for name in SHAPE_LISTS for head in about.get(name, ()) for other in items(self.said, head)]
        if "qualifiedValueShapesDisjoint" in about:
            others += [other for each in self.said.values() for other in each.get("qualifiedValueShape", ())]
        self.free += [(value, self._shape(other)) for other in others]
        return focus

    def _path(self, path: Term, start: int, end: int, *, inverse: bool) -> None:
        """Lay the steps of a property path (SHACL, section 2.3.1) between two states."""
        about = self.said.get(path, {}) if isinstance(path, ox.BlankNode) else {}
        if isinstance(path, ox.NamedNode):
            self.arcs.append((start, str(path), inverse, end))
        if _RDF_FIRST in about:
            steps = list(items(self.said, path))
            states = [start, *(next(self.fresh) for _ in steps[1:]), end]
            for number, step in enumerate(reversed(steps) if inverse else steps):
                self._path(step, states[number], states[number + 1], inverse=inverse)
        for other in about.get("inversePath", ()):
            self._path(other, start, end, inverse=not inverse)
        for head in about.get("alternativePath", ()):
            for other in items(self.said, head):
                self._path(other, start, end, inverse=inverse)
        for name in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"):
            for other in about.get(name, ()):
                again = next(self.fresh)
                self._path(other, start, again, inverse=inverse)
                if name != "zeroOrOnePath":
                    self._path(other, again, again, inverse=inverse)
                self.free.append((again, end))
                if name != "oneOrMorePath":
                    self.free.append((start, end))


def _merged(leaving: dict[int, list[tuple[str, bool, int]]]) -> dict[int, int]:
    """Number the states anew, those alike that see the same: Moore's refinement, from one class until no class is parted any more."""
    merged, classes = dict.fromkeys(leaving, 0), 0
    while True:
        views = {
            state: frozenset((predicate, inverse, merged[then]) for predicate, inverse, then in arcs)
            for state, arcs in leaving.items()
        }
        numbers = {view: number for number, view in enumerate(dict.fromkeys(views.values()))}
        merged = {state: numbers[view] for state, view in views.items()}
        if len(numbers) == classes:
            return merged
        classes = len(numbers)


def _closure(state: int, free: dict[int, set[int]]) -> set[int]:
    found, open_ = {state}, [state]
    while open_:
        new = free.get(open_.pop(), set()) - found
        found |= new
        open_ += new
    return found
