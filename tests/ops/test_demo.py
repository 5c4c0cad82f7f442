import subprocess
import sys

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from opensponsor.demo.accounts import ACCOUNTS
from opensponsor.identity.roles import Role
from opensponsor.ops import demo
from opensponsor.ops.problems import Problem

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("now", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(now, code):
    """Appendix B of RFC 6238, the last six digits."""
    assert demo.one_time_code(RFC_SECRET, now) == code


def test_codes_are_those_that_sign_in_accepts():
    secret = ACCOUNTS[0].totp_secret
    assert demo.one_time_code(secret, 90_000_000) == format_hotp_value(hotp_value(secret, 3_000_000))


def test_each_account_has_its_code_in_the_demo(settings):
    settings.ENVIRONMENT = "demo"
    text = demo.codes(now=61)
    assert [account.email for account in ACCOUNTS if account.email not in text] == []
    assert "29 more seconds" in text


@pytest.mark.parametrize("environment", ["live", "test"])
def test_codes_exist_in_the_demo_only(settings, environment):
    settings.ENVIRONMENT = environment
    with pytest.raises(Problem):
        demo.codes()


def test_invented_people_never_enter_a_live_system(settings):
    settings.LIVE = True
    with pytest.raises(Problem, match="never"):
        demo.load()


def test_there_is_somebody_for_each_role():
    assert {role for account in ACCOUNTS for role in account.roles} == set(Role)
    table = demo.log_ins()
    assert [str(role.label) for role in Role if str(role.label) not in table] == []


def test_the_command_needs_no_database(monkeypatch):
    monkeypatch.setenv("OPENSPONSOR_ENVIRONMENT", "demo")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    done = subprocess.run(
        [sys.executable, "-m", "opensponsor", "demo-codes"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert ACCOUNTS[0].email in done.stdout
