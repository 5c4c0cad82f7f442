"""The permission matrix: every address, as every role at every place, about records in every relation to them.

It runs with both layers that keep organisations apart, then with each of them switched off: the other alone has to
hold. With both off it must fail, about every address that is about somebody's records; else it would prove nothing.
"""

import logging
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest

from tests.permissions import layers
from tests.permissions.canaries import put_out
from tests.permissions.oracle import NOTHING, PAGES, answer, is_about_scope
from tests.permissions.places import make_world
from tests.permissions.probing import Outcome, Probe, Prober

# Each is a process of its own where there are several.
SHARDS = 2
SEED = 20260401
# Sent without leaving anything that the matrix looks at, when all goes well.
LEAVES_NOTHING = {
    "casework:audit": "finds a case and goes there",
    "households:find": "keeps words in the session",
    "applicants:find": "keeps words in the session",
    "applications:find": "keeps words in the session",
    "sponsors:find": "keeps words in the session",
    "licences:find": "keeps words in the session",
    "households:add": "begins a flow",
    "sponsors:add": "begins a flow",
    "licences:add": "begins a flow",
    "households:add_check": "needs the answers of the flow",
    "sponsors:add_check": "needs the answers of the flow",
    "licences:add_check": "needs the answers of the flow",
    "team:own": "finds people",
    "team:find": "finds an account",
    "administration:find": "finds an account",
    "organisation_switch": "the people of the matrix have one organisation",
    "language": "keeps a word in the session",
    "feeds:add": "needs a file",
    "unassigned:several": "asks for the council first",
    "account_logout": "sessions are kept outside the transaction",
    "session_extend": "sessions are kept outside the transaction",
    "profile": "saves what was there before",
}

pytestmark = [pytest.mark.committed, pytest.mark.rule("ORG-009", "ORG-030", "ORG-031")]


class Listener(logging.Handler):
    """Hears everything that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Listener]:
    """A block in which everything that is logged is heard."""
    listener, root = Listener(), logging.getLogger()
    root.addHandler(listener)
    yield listener
    root.removeHandler(listener)


def one_of_each(probes: Iterator[Probe]) -> list[Probe]:
    """One probe for each address, method, person and answer: which record it is about is drawn by lot."""
    strata: dict[tuple[object, ...], list[Probe]] = defaultdict(list)
    for probe in probes:
        expected = answer(probe.page, probe.method, probe.who, probe.thing)
        closed_by_scope = is_about_scope(probe.page, probe.method, probe.who, probe.thing)
        strata[(probe.page, probe.method, probe.who, expected, closed_by_scope)].append(probe)
    lot = random.Random(SEED)
    return [lot.choice(group) for group in strata.values()]


def about_scope(probes: Iterator[Probe]) -> Iterator[Probe]:
    """Those that a layer decides: records that are somebody else's, and pages that list."""
    for probe in probes:
        row = PAGES[probe.page]
        # The register of organisations holds nobody and has no second layer.
        if not probe.who.role or row.get("scope") == "organisations_of":
            continue
        lists = probe.thing is NOTHING and probe.method == "get" and "get" in row
        if lists or is_about_scope(probe.page, probe.method, probe.who, probe.thing):
            yield probe


def of_shard(probes: list[Probe], shard: int) -> list[Probe]:
    """The part of the probes that is this process's."""
    return [probe for probe in probes if zlib.crc32(f"{probe.page} {probe.who}".encode()) % SHARDS == shard]


def run(prober: Prober, probes: list[Probe]) -> Outcome:
    """Ask everything. What the logs heard must hold no canary either."""
    with listening() as listener:
        for probe in probes:
            prober.ask(probe)
    for line in listener.lines:
        prober.outcome.leaks += [f"a log holds {canary}" for canary in prober.aviary.find(line)]
    return prober.outcome


def told(outcome: Outcome) -> str:
    """The faults, as many as somebody reads."""
    lines = sorted(set(outcome.faults))
    return f"{len(lines)} faults in {outcome.count} probes:\n" + "\n".join(lines[:60])


def is_page_of_a_record(probe: Probe) -> bool:
    """Row security leaves the page of an organisation open but empty, and lets a form be sent that changes nothing."""
    return probe.method == "get" and probe.thing.what != "organisation"


@pytest.fixture
def prober(db) -> Prober:
    """Somebody who asks about a world of all relations, with a canary in every field."""
    world = make_world()
    return Prober(world, put_out(world))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_nobody_gets_what_is_not_theirs(prober, shard):
    outcome = run(prober, of_shard(one_of_each(prober.probes()), shard))
    assert not outcome.faults, told(outcome)
    assert outcome.count > 3000


@pytest.mark.parametrize("without", ["row security", "scoping"])
def test_each_layer_alone_holds(prober, throwaway, without):
    probes = one_of_each(about_scope(prober.probes()))
    if without == "row security":
        layers.without_row_security(throwaway)
    else:
        prober.judges_statuses_of = is_page_of_a_record
    with layers.without_scoping() if without == "scoping" else nullcontext():
        outcome = run(prober, probes)
    assert not outcome.faults, told(outcome)
    assert outcome.count > 1000


def test_without_both_layers_every_address_of_somebody_else_s_records_opens(prober, throwaway):
    """The twin that fails. What belongs to one person is asked for by that person's id, with or without layers."""
    probes = [
        probe
        for probe in one_of_each(about_scope(prober.probes()))
        if probe.thing is not NOTHING and PAGES[probe.page].get("of") != "me"
    ]
    layers.without_row_security(throwaway)
    with layers.without_scoping():
        outcome = run(prober, probes)
    assert outcome.faults
    caught = {fault.split()[1] for fault in outcome.faults}
    missed = sorted({probe.page for probe in probes} - caught)
    assert not missed, " ".join(missed)


def test_what_may_be_sent_is_sent(prober):
    """A form that nobody could ever send would be refused to everybody, and the matrix would call that right."""
    never = []
    for page in [page for page, row in PAGES.items() if "post" in row and page not in LEAVES_NOTHING]:
        may = [
            probe
            for probe in prober.probes_of(page)
            if probe.method == "post" and answer(page, "post", probe.who, probe.thing).name == "OPEN"
        ]
        for probe in may[:20]:
            if page not in prober.outcome.accepted:
                prober.ask(probe)
        if may and page not in prober.outcome.accepted:
            never.append(page)
    assert not never, " ".join(never)


@pytest.mark.soak
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("without", ["nothing", "row security", "scoping"])
def test_every_record_of_every_place(prober, throwaway, without, shard):
    """Everything there is to ask: 220,000 questions. Without scoping those that the two layers decide, because scoping
    also says whose people somebody manages whom they may otherwise see."""
    asked = about_scope(prober.probes()) if without == "scoping" else prober.probes()
    probes = of_shard(list(asked), shard)
    if without == "row security":
        layers.without_row_security(throwaway)
    if without == "scoping":
        prober.judges_statuses_of = is_page_of_a_record
    with layers.without_scoping() if without == "scoping" else nullcontext():
        outcome = run(prober, probes)
    assert not outcome.faults, told(outcome)
