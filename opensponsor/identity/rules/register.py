"""What must change so that the organisations here agree with the register of authorities."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as it should be.

    `authority` is its code in the register of authorities, `formerly` the codes it had before it was recoded. A
    processor names in `acts_for` the body it acts for. `reaches` holds codes of organisations whose records it reaches,
    each with whether it may write them.
    """

    code: str
    name_en: str
    name_cy: str
    kind: str
    realm: str
    reads_realms: tuple[str, ...] = ()
    acts_for: str = ""
    authority: str = ""
    formerly: tuple[str, ...] = ()
    reaches: frozenset[tuple[str, bool]] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation as it is. Only what comes from the register is `governed` by it: it retires with its area."""

    code: str
    name_en: str
    name_cy: str
    authority: str
    is_active: bool
    is_governed: bool
    reaches: frozenset[tuple[str, bool]] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What changes. `recoded` maps an old code to the body with the new one, `reaches` a code to its new reach."""

    created: tuple[Body, ...] = ()
    recoded: dict[str, Body] = field(default_factory=dict)
    renamed: tuple[Body, ...] = ()
    retired: tuple[str, ...] = ()
    reaches: dict[str, frozenset[tuple[str, bool]]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether everything agrees already."""
        return not (self.created or self.recoded or self.renamed or self.retired or self.reaches)


def plan(wanted: Iterable[Body], known: Iterable[Known]) -> Plan:
    """Compare what should be with what is.

    A council that was only recoded stays the organisation it is, with its people and records. One whose area went to
    others becomes inactive: what it owns is never deleted. One that an administrator made inactive is not woken.
    """
    bodies = {body.code: body for body in wanted}
    here = {organisation.code: organisation for organisation in known}
    recoded = {
        old: body
        for body in bodies.values()
        if body.code not in here
        for old in body.formerly
        if old in here and old not in bodies
    }
    moved = {body.code: here[old] for old, body in recoded.items()}
    standing = {code: here.get(code) or moved.get(code) for code in bodies}
    return Plan(
        created=tuple(body for code, body in bodies.items() if standing[code] is None),
        recoded=recoded,
        renamed=tuple(body for code, body in bodies.items() if _is_renamed(body, here.get(code))),
        retired=tuple(
            code
            for code, organisation in here.items()
            if organisation.is_governed and organisation.is_active and code not in bodies and code not in recoded
        ),
        reaches={code: body.reaches for code, body in bodies.items() if _reach(standing[code]) != body.reaches}
        | {code: frozenset() for code, organisation in here.items() if _lost_reach(organisation, bodies, recoded)},
    )


def _is_renamed(body: Body, organisation: Known | None) -> bool:
    return organisation is not None and (body.name_en, body.name_cy) != (organisation.name_en, organisation.name_cy)


def _reach(organisation: Known | None) -> frozenset[tuple[str, bool]]:
    return organisation.reaches if organisation else frozenset()


def _lost_reach(organisation: Known, bodies: dict[str, Body], recoded: dict[str, Body]) -> bool:
    gone = organisation.code not in bodies and organisation.code not in recoded
    return organisation.is_governed and gone and bool(organisation.reaches)
