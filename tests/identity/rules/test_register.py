"""What changes here when the register of authorities changes."""

from opensponsor.identity.rules.register import Body, Known, plan


def body(code, *, name="Somewhere", formerly=(), reaches=()):
    return Body(code, name, "", "AUTHORITY", "WALES", authority=code, formerly=formerly, reaches=frozenset(reaches))


def known(code, *, name="Somewhere", is_active=True, is_governed=True, reaches=()):
    return Known(code, name, "", code, is_active, is_governed, frozenset(reaches))


def test_what_agrees_stays():
    assert plan([body("A", reaches=[("B", True)])], [known("A", reaches=[("B", True)])]).is_empty


def test_what_is_missing_is_created_with_its_reach():
    found = plan([body("A", reaches=[("B", True)])], [])
    assert [one.code for one in found.created] == ["A"]
    assert found.reaches == {"A": frozenset({("B", True)})}


def test_what_was_abolished_retires_and_reaches_nothing():
    found = plan([], [known("A", reaches=[("B", True)])])
    assert found.retired == ("A",)
    assert found.reaches == {"A": frozenset()}


def test_what_does_not_come_from_the_register_is_left_alone():
    assert plan([], [known("sponsor", is_governed=False, reaches=[("B", True)])]).is_empty


def test_what_an_administrator_made_inactive_is_not_woken():
    assert plan([body("A")], [known("A", is_active=False)]).is_empty
    assert plan([], [known("A", is_active=False)]).retired == ()


def test_a_recoded_council_stays_the_organisation_it_is():
    found = plan([body("A2", formerly=("A1",))], [known("A1")])
    assert list(found.recoded) == ["A1"]
    assert (found.created, found.retired) == ((), ())


def test_once_recoded_nothing_changes_again():
    assert plan([body("A2", formerly=("A1",))], [known("A2")]).is_empty


def test_names_follow_the_register():
    assert [one.code for one in plan([body("A", name="New name")], [known("A")]).renamed] == ["A"]


def test_a_reach_that_may_write_no_more_changes():
    assert plan([body("A", reaches=[("B", False)])], [known("A", reaches=[("B", True)])]).reaches == {
        "A": frozenset({("B", False)})
    }
