"""What people do in more than one journey."""

from tests.e2e.people import PASSWORD, Member, code_of
from tests.e2e.visitor import Visitor


def signs_in(visitor: Visitor, member: Member) -> None:
    """All the way from the first page to what needs doing."""
    visitor.opens("/")
    visitor.sees_heading("Sign in")
    gives_both_factors(visitor, member)
    affirms(visitor)


def gives_both_factors(visitor: Visitor, member: Member, *, periods_later: int = 0) -> None:
    """Password, then the code. A code opens once, so that a second time needs the code of the next half-minute."""
    visitor.types("Work email address", member.user.email)
    visitor.types("Password", PASSWORD)
    visitor.presses("Continue")
    visitor.sees_heading("Second factor")
    visitor.types("Code", code_of(member.secret, periods_later=periods_later))
    visitor.presses("Sign in")


def affirms(visitor: Visitor) -> None:
    """The data statement."""
    visitor.sees_heading("Data statement")
    visitor.ticks("I have a valid business reason to enter and will use the records for the agreed purposes only")
    visitor.presses("Enter")
