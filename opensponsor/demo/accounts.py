"""The people who sign in to the demo: one for each role, and a few more to try two organisations with."""

import base64
import hashlib
from dataclasses import dataclass

from opensponsor.identity.roles import Role

# Printed at every start; a live system never has these accounts.
PASSWORD = "kind-harbour-lantern-27"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody of the demo. `organisation` is the code of the register of organisations."""

    email: str
    full_name: str
    organisation: str
    roles: tuple[Role, ...]
    language: str = "en"

    @property
    def totp_secret(self) -> str:
        """The seed of the authenticator app, the same at every start, so that a phone can keep it."""
        return base64.b32encode(hashlib.sha256(f"opensponsor demo {self.email}".encode()).digest()[:20]).decode()


CARDIFF = "W06000015"
GWYNEDD = "W06000002"
KENT = "E10000016"
DOVER = "E07000108"
LEEDS = "E08000035"
HARBOUR_CARE = "licensed-harbour-care"

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("caseworker@cardiff.example", "Mari Evans", CARDIFF, (Role.CASEWORKER,)),
    DemoAccount("colleague@cardiff.example", "Tomos Rees", CARDIFF, (Role.CASEWORKER,)),
    DemoAccount("champion@cardiff.example", "Owen Parry", CARDIFF, (Role.DATA_CHAMPION,)),
    DemoAccount("auditor@cardiff.example", "Nia Morgan", CARDIFF, (Role.CASEWORKER, Role.AUDITOR)),
    DemoAccount("safeguarding@cardiff.example", "Bethan Ellis", CARDIFF, (Role.SAFEGUARDING_LEAD,)),
    DemoAccount("finance@cardiff.example", "Huw Griffiths", CARDIFF, (Role.FINANCE_OFFICER,)),
    DemoAccount("gweithiwr@gwynedd.example", "Elin Jones", GWYNEDD, (Role.CASEWORKER,), language="cy"),
    DemoAccount("caseworker@kent.example", "Laura Hobbs", KENT, (Role.CASEWORKER,)),
    DemoAccount("caseworker@dover.example", "Simon Clarke", DOVER, (Role.CASEWORKER,)),
    DemoAccount("champion@leeds.example", "Farah Khan", LEEDS, (Role.DATA_CHAMPION,)),
    DemoAccount(
        "officer@contact-centre.example", "Rhys Powell", "contact-centre-wales", (Role.CONTACT_CENTRE_OFFICER,)
    ),
    DemoAccount("officer@health-board.example", "Carys Thomas", "W11000029", (Role.HEALTH_OFFICER,)),
    DemoAccount(
        "officer@advisory.example", "Dafydd Lewis", "national-advisory-service-wales", (Role.ADVISORY_OFFICER,)
    ),
    DemoAccount("admin@wales.example", "Sioned Williams", "welsh-government", (Role.NATIONAL_ADMINISTRATOR,)),
    DemoAccount("analyst@mhclg.example", "James Whitaker", "mhclg", (Role.ANALYST,)),
    DemoAccount("caseworker@home-office.example", "Priya Nair", "home-office", (Role.HOME_OFFICE_CASEWORKER,)),
    DemoAccount("level1@harbour-care.example", "Olivia Stone", HARBOUR_CARE, (Role.SPONSOR_LEVEL_1,)),
    DemoAccount("level2@harbour-care.example", "Daniel Price", HARBOUR_CARE, (Role.SPONSOR_LEVEL_2,)),
    DemoAccount("desk@service-desk.example", "Ffion Hughes", "dhcw-service-desk", (Role.SERVICE_DESK_OFFICER,)),
    DemoAccount("administrator@platform.example", "Alex Turner", "platform", (Role.PLATFORM_ADMINISTRATOR,)),
)
