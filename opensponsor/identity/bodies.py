"""The organisations that every installation has, besides the local authorities and health boards of the register.

Source: the Welsh platform guide, "The HfU Data Platform", "Data Statement" and "Summary of roles" (ORG-002, ORG-006,
ORG-010, ORG-013); for England the public guidance for councils on Homes for Ukraine.
"""

from opensponsor.identity.rules.register import Body
from opensponsor.identity.states import OrganisationKind, Realm

WELSH_GOVERNMENT = "welsh-government"
CONTACT_CENTRE_WALES = "contact-centre-wales"
PLATFORM = "platform"


_GOVERNMENTS = (
    Body(
        WELSH_GOVERNMENT,
        "Welsh Government",
        "Llywodraeth Cymru",
        OrganisationKind.DEVOLVED_GOVERNMENT,
        Realm.WALES,
        (Realm.WALES, Realm.ELSEWHERE),
    ),
    Body(
        "scottish-government",
        "Scottish Government",
        "Llywodraeth yr Alban",
        OrganisationKind.DEVOLVED_GOVERNMENT,
        Realm.SCOTLAND,
        (Realm.SCOTLAND,),
    ),
    Body(
        "executive-office-northern-ireland",
        "The Executive Office, Northern Ireland",
        "Y Swyddfa Weithredol, Gogledd Iwerddon",
        OrganisationKind.DEVOLVED_GOVERNMENT,
        Realm.NORTHERN_IRELAND,
        (Realm.NORTHERN_IRELAND,),
    ),
    Body(
        "mhclg",
        "Ministry of Housing, Communities and Local Government",
        "Y Weinyddiaeth Tai, Cymunedau a Llywodraeth Leol",
        OrganisationKind.CENTRAL_GOVERNMENT,
        Realm.ENGLAND,
        (Realm.ENGLAND, Realm.ELSEWHERE),
    ),
    Body(
        "home-office",
        "Home Office (UK Visas and Immigration)",
        "Y Swyddfa Gartref (Fisâu a Mewnfudo'r DU)",
        OrganisationKind.CENTRAL_GOVERNMENT,
        Realm.LICENSED,
        (Realm.LICENSED,),
    ),
)

_SERVICES = (
    Body(
        "national-advisory-service-wales",
        "National Advisory Service",
        "Gwasanaeth Cynghori Cenedlaethol",
        OrganisationKind.ADVISORY_SERVICE,
        Realm.WALES,
        (Realm.WALES, Realm.ELSEWHERE),
        acts_for=WELSH_GOVERNMENT,
    ),
    Body(
        "dhcw-service-desk",
        "Digital Health and Care Wales service desk",
        "Desg gwasanaeth Iechyd a Gofal Digidol Cymru",
        OrganisationKind.SERVICE_DESK,
        Realm.WALES,
        acts_for=WELSH_GOVERNMENT,
    ),
    Body(
        PLATFORM,
        "Operator of the platform",
        "Gweithredwr y llwyfan",
        OrganisationKind.PLATFORM,
        Realm.PLATFORM,
        tuple(Realm),
    ),
)


def _elsewhere(code: str, name_en: str, name_cy: str) -> Body:
    return Body(f"elsewhere-{code}", name_en, name_cy, OrganisationKind.PSEUDO_AUTHORITY, Realm.ELSEWHERE)


# Owners of what leaves for a nation or authority that does not use this installation.
_ELSEWHERE = (
    _elsewhere("england", "(England)", "(Lloegr)"),
    _elsewhere("scotland", "(Scotland)", "(Yr Alban)"),
    _elsewhere("northern-ireland", "(Northern Ireland)", "(Gogledd Iwerddon)"),
    _elsewhere("outside-uk", "(Outside of UK)", "(Y tu allan i'r DU)"),
)


def _unassigned(realm: Realm, name_en: str, name_cy: str) -> Body:
    code = f"unassigned-{realm.lower().replace('_', '-')}"
    return Body(code, f"Unassigned ({name_en})", f"Heb ei ddyrannu ({name_cy})", OrganisationKind.UNASSIGNED, realm)


# Owners of what a feed brings before anybody knows which authority it belongs to.
_UNASSIGNED = (
    _unassigned(Realm.ENGLAND, "England", "Lloegr"),
    _unassigned(Realm.WALES, "Wales", "Cymru"),
    _unassigned(Realm.SCOTLAND, "Scotland", "Yr Alban"),
    _unassigned(Realm.NORTHERN_IRELAND, "Northern Ireland", "Gogledd Iwerddon"),
)

FIXED: tuple[Body, ...] = (*_GOVERNMENTS, *_SERVICES, *_ELSEWHERE, *_UNASSIGNED)


def contact_centre(authorities: frozenset[str]) -> Body:
    """The contact centre of Wales, which Cardiff runs as a processor of the Welsh Government, for these authorities."""
    return Body(
        CONTACT_CENTRE_WALES,
        "Wales Contact Centre",
        "Canolfan Gyswllt Cymru",
        OrganisationKind.CONTACT_CENTRE,
        Realm.WALES,
        acts_for=WELSH_GOVERNMENT,
        reaches=frozenset((code, True) for code in authorities),
    )


def health_board(code: str, name_en: str, name_cy: str, authorities: frozenset[str]) -> Body:
    """A Local Health Board, which reads the records of the authorities it serves."""
    en, cy = ("Teaching", "Addysgu") if name_en == "Powys" else ("University", "Prifysgol")
    return Body(
        code,
        f"{name_en} {en} Health Board",
        f"Bwrdd Iechyd {cy} {name_cy}",
        OrganisationKind.HEALTH_BOARD,
        Realm.WALES,
        reaches=frozenset((code, False) for code in authorities),
    )
