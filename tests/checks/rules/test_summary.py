"""What the checks of a household say together, branch by branch."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensponsor.checks.rules.dbs import DEPTHS, is_child, level_with_children
from opensponsor.checks.rules.summary import Guest, Recorded, Situation, Why, required, summarise
from opensponsor.checks.states import ChecksStatus, CheckStatus, CheckType, DbsLevel

TODAY = dt.date(2026, 5, 4)
HOUSEHOLD, ADULT, CHILD, SPONSOR, OTHER_SPONSOR, ADDRESS, OTHER_ADDRESS = (UUID(int=number) for number in range(1, 8))
BORN = {ADULT: dt.date(1988, 2, 1), CHILD: dt.date(2015, 2, 1)}
EARLY, LATE = dt.date(2023, 4, 30), dt.date(2023, 5, 1)

PASSED, FAILED = Recorded("PASSED", LATE), Recorded("FAILED", LATE)
NOT_REQUIRED, IN_PROGRESS = Recorded("NOT_REQUIRED"), Recorded("IN_PROGRESS")
BASIC, ENHANCED = Recorded("PASSED", LATE, "BASIC"), Recorded("PASSED", LATE, "ENHANCED")

BEFORE_ARRIVAL = {("SPONSOR", SPONSOR): BASIC, ("EXISTS", ADDRESS): PASSED, ("SUITABLE", ADDRESS): PASSED}
ALL = BEFORE_ARRIVAL | {("ARRIVED", HOUSEHOLD): PASSED}


def situation(checks=None, *, guests=(ADULT,), sponsors=(SPONSOR,), addresses=(ADDRESS,), is_closed=False):
    people = tuple(Guest(one, BORN.get(one)) for one in guests)
    return Situation(HOUSEHOLD, is_closed, people, sponsors, addresses, checks or {})


def status(*args, **kwargs):
    return summarise(situation(*args, **kwargs), TODAY).status


def reasons(*args, **kwargs):
    return [(one.code, one.subject.value, one.id) for one in summarise(situation(*args, **kwargs), TODAY).reasons]


@pytest.mark.rule("CMS-012", "CMS-017")
@pytest.mark.parametrize(
    ("expected", "checks"),
    [
        (ChecksStatus.REQUIRED, {}),
        (ChecksStatus.REQUIRED, {("SPONSOR", SPONSOR): IN_PROGRESS}),
        (ChecksStatus.REQUIRED, {("SPONSOR", SPONSOR): Recorded("NOT_AVAILABLE")}),
        (ChecksStatus.PARTIAL, {("SPONSOR", SPONSOR): BASIC}),
        (ChecksStatus.PARTIAL, {("ARRIVED", HOUSEHOLD): PASSED}),
        (ChecksStatus.PARTIAL, {**ALL, ("SUITABLE", ADDRESS): IN_PROGRESS}),
        (ChecksStatus.PRE_ARRIVAL, BEFORE_ARRIVAL),
        (ChecksStatus.PRE_ARRIVAL, {**BEFORE_ARRIVAL, ("ARRIVED", HOUSEHOLD): IN_PROGRESS}),
        (ChecksStatus.COMPLETED, ALL),
        (ChecksStatus.FAILED, {("EXISTS", ADDRESS): FAILED}),
        (ChecksStatus.FAILED, {**ALL, ("ARRIVED", HOUSEHOLD): FAILED}),
        # What is no longer required counts as done, and alone as nothing begun.
        (ChecksStatus.COMPLETED, {**ALL, ("SUITABLE", ADDRESS): NOT_REQUIRED}),
        (ChecksStatus.REQUIRED, {("SPONSOR", SPONSOR): NOT_REQUIRED}),
        # Checks of whom and what the household left behind say nothing any more.
        (ChecksStatus.REQUIRED, {("SPONSOR", OTHER_SPONSOR): FAILED}),
        (ChecksStatus.REQUIRED, {("SUITABLE", OTHER_ADDRESS): PASSED}),
    ],
)
def test_the_status_follows_from_what_is_recorded(expected, checks):
    assert status(checks) is expected


@pytest.mark.parametrize("checks", [{}, ALL, {("EXISTS", ADDRESS): FAILED}])
def test_closed_stays_closed_and_a_household_of_nobody_is_empty(checks):
    assert status(checks, is_closed=True) is ChecksStatus.CLOSED
    assert status(checks, guests=()) is ChecksStatus.EMPTY
    assert status(checks, guests=(), is_closed=True) is ChecksStatus.CLOSED


@pytest.mark.parametrize(
    ("expected", "more"),
    [
        (ChecksStatus.PARTIAL, {}),
        (ChecksStatus.PARTIAL, {("SPONSOR", OTHER_SPONSOR): BASIC}),
        (ChecksStatus.PARTIAL, {("SPONSOR", OTHER_SPONSOR): BASIC, ("EXISTS", OTHER_ADDRESS): PASSED}),
        (
            ChecksStatus.COMPLETED,
            {
                ("SPONSOR", OTHER_SPONSOR): BASIC,
                ("EXISTS", OTHER_ADDRESS): PASSED,
                ("SUITABLE", OTHER_ADDRESS): PASSED,
            },
        ),
    ],
)
def test_every_sponsor_and_every_address_is_checked(expected, more):
    both = {"sponsors": (SPONSOR, OTHER_SPONSOR), "addresses": (ADDRESS, OTHER_ADDRESS)}
    assert status({**ALL, **more}, **both) is expected


@pytest.mark.parametrize(("missing", "why"), [("sponsors", Why.NO_SPONSOR), ("addresses", Why.NO_ADDRESS)])
def test_nothing_is_complete_without_somebody_and_somewhere_to_check(missing, why):
    assert status(ALL, **{missing: ()}) is ChecksStatus.PARTIAL
    assert reasons(ALL, **{missing: ()})[0] == (why, "HOUSEHOLD", HOUSEHOLD)


@pytest.mark.parametrize(
    ("expected", "guests", "check"),
    [
        (ChecksStatus.COMPLETED, (ADULT,), BASIC),
        (ChecksStatus.COMPLETED, (ADULT, CHILD), ENHANCED),
        (ChecksStatus.PARTIAL, (ADULT, CHILD), BASIC),
        (ChecksStatus.COMPLETED, (ADULT, CHILD), Recorded("PASSED", EARLY, "BASIC")),
        (ChecksStatus.COMPLETED, (ADULT, CHILD), NOT_REQUIRED),
        (ChecksStatus.COMPLETED, (ADULT, UUID(int=99)), BASIC),
    ],
)
def test_sponsors_of_children_need_an_enhanced_check_unless_it_was_recorded_before_the_change(expected, guests, check):
    assert status({**ALL, ("SPONSOR", SPONSOR): check}, guests=guests) is expected


def test_without_the_depth_the_checks_before_arrival_are_not_complete_either():
    assert status(BEFORE_ARRIVAL, guests=(CHILD,)) is ChecksStatus.PARTIAL


@pytest.mark.parametrize(
    ("recorded_on", "level"),
    [
        (dt.date(2020, 1, 1), DbsLevel.BASIC),
        (EARLY, DbsLevel.BASIC),
        (LATE, DbsLevel.ENHANCED),
        (TODAY, DbsLevel.ENHANCED),
        (None, DbsLevel.ENHANCED),
    ],
)
def test_the_depth_changed_on_a_day(recorded_on, level):
    assert level_with_children(recorded_on) is level
    assert list(DEPTHS) == sorted(DEPTHS, key=lambda one: one.recorded_from) and all(one.source for one in DEPTHS)


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (dt.date(2008, 5, 4), TODAY, False),
        (dt.date(2008, 5, 5), TODAY, True),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), True),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), False),
    ],
)
def test_a_child_is_somebody_under_eighteen_today(born, today, expected):
    assert is_child(born, today) is expected


def test_the_reasons_explain_each_step():
    assert reasons({("SPONSOR", SPONSOR): BASIC, ("EXISTS", ADDRESS): FAILED}, guests=(ADULT, CHILD)) == [
        ("SPONSOR:PASSED", "SPONSOR", SPONSOR),
        ("EXISTS:FAILED", "ADDRESS", ADDRESS),
        ("SUITABLE:NOT_STARTED", "ADDRESS", ADDRESS),
        ("ARRIVED:NOT_STARTED", "HOUSEHOLD", HOUSEHOLD),
        (Why.CHILD, "PERSON", CHILD),
        (Why.ENHANCED_MISSING, "SPONSOR", SPONSOR),
    ]
    early = {**ALL, ("SPONSOR", SPONSOR): Recorded("PASSED", EARLY, "BASIC")}
    assert reasons(early, guests=(CHILD,))[-1] == (Why.BEFORE_ENHANCED, "SPONSOR", SPONSOR)
    assert reasons(ALL, guests=(UUID(int=99),))[-1] == (Why.AGE_UNKNOWN, "PERSON", UUID(int=99))
    assert reasons(is_closed=True) == [(Why.CLOSED, "HOUSEHOLD", HOUSEHOLD)]
    assert reasons(guests=()) == [(Why.EMPTY, "HOUSEHOLD", HOUSEHOLD)]


# From bad to good; what is closed or empty is neither.
ORDER = [
    ChecksStatus.FAILED,
    ChecksStatus.REQUIRED,
    ChecksStatus.PARTIAL,
    ChecksStatus.PRE_ARRIVAL,
    ChecksStatus.COMPLETED,
]
_outcomes = st.builds(
    Recorded,
    st.sampled_from(CheckStatus.values),
    st.dates(dt.date(2022, 3, 1), TODAY),
    st.sampled_from(DbsLevel.values),
)


@st.composite
def _situations(draw):
    several = {
        name: tuple(draw(st.lists(st.sampled_from(among), unique=True, max_size=2)))
        for name, among in (
            ("guests", [ADULT, CHILD]),
            ("sponsors", [SPONSOR, OTHER_SPONSOR]),
            ("addresses", [ADDRESS, OTHER_ADDRESS]),
        )
    }
    empty = situation(**several, is_closed=draw(st.booleans()))
    recorded = {(one.type.value, one.id): draw(st.none() | _outcomes) for one in required(empty)}
    checks = {key: check for key, check in recorded.items() if check}
    return situation(checks, **several, is_closed=empty.is_closed)


@given(_situations(), st.data())
@settings(max_examples=300, deadline=None)
def test_adding_a_passed_check_never_makes_it_worse(before, data):
    """Whatever was open, or failed, and then passes."""
    needed = required(before)
    open_ones = [
        (one.type.value, one.id)
        for one in needed
        if before.checks.get((one.type.value, one.id), IN_PROGRESS).status not in ("PASSED", "NOT_REQUIRED")
    ]
    if not open_ones:
        return
    key = data.draw(st.sampled_from(open_ones))
    level = data.draw(st.sampled_from(DbsLevel.values)) if key[0] == CheckType.SPONSOR else ""
    added = Recorded("PASSED", data.draw(st.dates(dt.date(2022, 3, 1), TODAY)), level)
    after = Situation(
        before.id, before.is_closed, before.guests, before.sponsors, before.addresses, {**before.checks, key: added}
    )
    was, is_ = summarise(before, TODAY).status, summarise(after, TODAY).status
    if was in (ChecksStatus.CLOSED, ChecksStatus.EMPTY):
        assert is_ is was
    else:
        assert ORDER.index(is_) >= ORDER.index(was)
