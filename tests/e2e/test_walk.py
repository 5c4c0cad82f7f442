"""Every page that everybody of the demo can open: sound at each width, in both languages, and reached by links."""

import fcntl

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from opensponsor.demo.accounts import ACCOUNTS
from opensponsor.identity.roles import Role
from tests.e2e import people
from tests.e2e.audit import keep_picture, page_faults, shape_faults
from tests.e2e.crawl import Found, reachable
from tests.e2e.visitor import DESKTOP, NARROW, WIDTHS

# Addresses that no link of this world leads to, by why.
AFTER_A_BUTTON = (
    "account_logout applicants:find applicants:view_default applications:find applications:view_default "
    "casework:note_pin casework:note_unpin casework:task_complete casework:task_put_off casework:task_reopen "
    "draft_save exports:fetch feeds:approve feeds:cancel feeds:start households:assign households:find "
    "households:view_default language licences:assign licences:find licences:view_default session_end session_extend "
    "sessions_end_others sponsors:assign sponsors:find sponsors:view_default team:invite_again team:reactivate "
    "unassigned:several"
)
LEADS_ON_AT_ONCE = "casework:case households:add licences:add sponsors:add"
ON_THE_WAY_IN = (
    "access_request_ask access_request_sent invitation mfa_activate_totp mfa_authenticate mfa_view_recovery_codes "
    "second_factor statement account_inactive no_membership account_reset_password_done "
    "account_reset_password_from_key account_reset_password_from_key_done"
)
OPENED_BY_ADDRESS = (
    "account_reauthenticate administration:nominate administration:organisation_activity "
    "administration:request_vouch casework:audit_changes casework:audit_opened casework:note_strike "
    "casework:reopen casework:request_withdraw casework:share_end gallery:index gallery:page households:add_check "
    "feeds:rejects feeds:rejects_file households:added households:arrive sponsors:check_sponsor unassigned:assign "
    "households:view_delete households:view_rename mfa_reauthenticate second_factor_lost unassigned:give_on"
)
# Of the same template as the page of households, or of a kind of record that is opened by somebody else in this world.
LIKE_ANOTHER = (
    "applicants:view_delete applicants:view_rename applications:view_delete applications:view_rename "
    "licences:add_check licences:added licences:export licences:history licences:opened licences:view_delete "
    "licences:view_rename sponsors:add_check sponsors:added sponsors:view_delete sponsors:view_rename exports:export "
    "mfa_deactivate_totp mfa_edit_webauthn mfa_remove_webauthn mfa_reauthenticate_webauthn"
)
WITH_AN_IDENTITY_PROVIDER = (
    "openid_connect_login openid_connect_callback socialaccount_login_cancelled socialaccount_login_error"
)
UNLINKED = frozenset(
    " ".join(
        (
            AFTER_A_BUTTON,
            LEADS_ON_AT_ONCE,
            ON_THE_WAY_IN,
            OPENED_BY_ADDRESS,
            LIKE_ANOTHER,
            WITH_AN_IDENTITY_PROVIDER,
        )
    ).split()
)

# Colleagues with the same role in the same kind of place see the same pages.
SEEN_THROUGH_OTHERS = {"colleague@cardiff.example", "gweithiwr@gwynedd.example", "caseworker@dover.example"}
WALKERS = [account for account in ACCOUNTS if account.email not in SEEN_THROUGH_OTHERS]
# Between them they open every page there is.
EVERYWHERE = [
    account
    for account in ACCOUNTS
    if {Role.DATA_CHAMPION, Role.NATIONAL_ADMINISTRATOR, Role.PLATFORM_ADMINISTRATOR, Role.HOME_OFFICE_CASEWORKER}
    & set(account.roles)
]


@pytest.fixture
def is_new(site):
    """`is_new(page)`: whether the page has a part that was not looked at yet, in whichever process of this run."""
    known_of_all = site.database.home / "walked"

    def ask(page: Found) -> bool:
        known_of_all.mkdir(exist_ok=True)
        with open(known_of_all / page.view_name.replace(":", "-"), "a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            new = page.shape - set(file.read().splitlines())
            file.write("".join(f"{step}\n" for step in new))
        return bool(new)

    return ask


@pytest.mark.parametrize("account", WALKERS, ids=lambda account: account.email.replace("@", "-at-"))
def test_every_page_of_a_person_is_sound(somebody, world, is_new, account):
    english, welsh = somebody(), somebody(size=NARROW)
    people.comes_in(english, world.member(account))
    people.comes_in(welsh, world.member(account), language="cy")
    faults = []
    for page in reachable(english):
        if page.status != 200:
            faults.append(f"{page.path}: {page.status}")
        elif page.is_page and is_new(page):
            faults += [f"{page.path}: {text}" for text in page.inline]
            faults += _faults(english, page, world.names) + _welsh_faults(welsh, page, world.names)
    assert not faults, "\n".join(faults)


def _faults(visitor, page, names):
    visitor.opens(page.path)
    found = []
    for width in WIDTHS:
        visitor.is_at(width)
        found += [f"{page.path} at {width[0]}: {fault}" for fault in page_faults(visitor, names=names)]
        if width != NARROW:
            keep_picture(visitor, page.view_name.replace(":", "-"))
    visitor.is_at(DESKTOP)
    return found


def _welsh_faults(visitor, page, names):
    visitor.opens(page.path)
    found = page_faults(visitor, language="cy", names=names)
    visitor.is_at(DESKTOP)
    found += shape_faults(visitor, language="cy", names=names)
    visitor.is_at(NARROW)
    return [f"{page.path} in Welsh: {fault}" for fault in found]


def test_every_page_is_reached_by_links(somebody, world):
    reached = {page.view_name for page in reachable(somebody(), "/sign-in/")}
    for account in EVERYWHERE:
        visitor = somebody()
        people.comes_in(visitor, world.member(account))
        reached |= {page.view_name for page in reachable(visitor)}
    missing = set(_view_names(get_resolver().url_patterns)) - reached - UNLINKED
    assert not missing, "\n".join(sorted(missing))


def _view_names(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _view_names(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name
