"""Organisations, the people who use the platform, and what they hold there."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opensponsor.core.actor import Actor
from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.core.scoping import OwnedQuerySet
from opensponsor.identity.roles import Role
from opensponsor.identity.states import (
    AccessRequestStatus,
    AccountStatus,
    ControllerRole,
    OrganisationKind,
    Realm,
)


class Organisation(models.Model):
    """A body that uses the platform or owns records in it. Ids are small integers, because row security lists them."""

    code = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    realm = models.CharField(max_length=20, choices=Realm.choices)
    reads_realms = ArrayField(models.CharField(max_length=20, choices=Realm.choices), default=list, blank=True)
    authority = models.OneToOneField("reference.Authority", on_delete=models.PROTECT, null=True, blank=True)
    controller_role = models.CharField(max_length=10, choices=ControllerRole.choices, default=ControllerRole.CONTROLLER)
    acts_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email_domains = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    assigns_tasks = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    field_classes: ClassVar[dict[str, D]] = {
        "id": D.REFERENCE,
        "code": D.REFERENCE,
        "name_en": D.REFERENCE,
        "name_cy": D.REFERENCE,
        "kind": D.REFERENCE,
        "realm": D.REFERENCE,
        "reads_realms": D.REFERENCE,
        "authority": D.REFERENCE,
        "controller_role": D.REFERENCE,
        "acts_for": D.REFERENCE,
        "email_domains": D.REFERENCE,
        "is_active": D.REFERENCE,
        "assigns_tasks": D.OPERATIONAL,
        "updated_at": D.OPERATIONAL,
        "version": D.OPERATIONAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(controller_role="CONTROLLER", acts_for=None)
                | Q(controller_role="PROCESSOR", acts_for__isnull=False),
                name="organisation_processor_acts_for_a_controller",
                violation_error_message=_("A processor acts for a controller; a controller acts for nobody."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_cy if self.name_cy and get_language() == "cy" else self.name_en


class Reach(models.Model):
    """Whose records an organisation reaches besides its own.

    A county reaches its districts', a health board those of its councils, the contact centre those of a nation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reaches")
    reached = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reached_by")
    may_write = models.BooleanField()

    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(["id", "organisation", "reached", "may_write"], D.REFERENCE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "reached"], name="reach_once")]


class UserManager(BaseUserManager["User"]):
    """Users are made by services; the manager serves sign-in and the command line."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password only an identity provider or an invitation can sign them in."""
        user = self.model(email=email.strip().lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who uses the platform. What they may do is in their memberships."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The day the invitation was accepted or the account given back: idle days count from here at the earliest.
    active_from = models.DateField(null=True, blank=True)
    last_seen_on = models.DateField(null=True, blank=True)
    inactivity_warned_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    statement_accepted_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    field_classes: ClassVar[dict[str, D]] = {
        "password": D.SECRET,
        **dict.fromkeys(
            [
                "id",
                "email",
                "full_name",
                "language",
                "is_active",
                "created_at",
                "active_from",
                "last_login",
                "last_seen_on",
                "inactivity_warned_on",
                "suspended_on",
                "left_on",
                "statement_accepted_at",
            ],
            D.ACCOUNT,
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_address_once",
                violation_error_message=_("An account with this address exists already."),
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(suspended_on=None, left_on=None),
                name="user_suspended_or_gone_is_not_active",
                violation_error_message=_("A suspended account, or one whose holder left, is not active."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def status(self) -> AccountStatus:
        """How the account stands, from its own dates."""
        if self.left_on:
            return AccountStatus.LEFT
        if self.suspended_on:
            return AccountStatus.SUSPENDED
        return AccountStatus.ACTIVE if self.is_active else AccountStatus.INVITED


class StaffQuerySet(OwnedQuerySet):
    """What an organisation keeps about its own people: a county sees its districts' cases but not their staff."""

    def visible_to(self, actor: Actor) -> Self:
        scope = actor.reads
        if scope.realms:
            return self.filter(organisation__realm__in=scope.realms)
        return self.filter(organisation_id=actor.organisation_id)

    def writable_by(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)


class MembershipQuerySet(StaffQuerySet):
    """Memberships; the organisation is their owner."""

    def on(self, day: dt.date) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def champions_on(self, day: dt.date) -> Self:
        """Those of data champions in office who can act."""
        return self.on(day).filter(role=Role.DATA_CHAMPION, user__is_active=True)


class Membership(Record):
    """A role that a user holds in an organisation for a period of days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The day somebody else of the organisation last confirmed that this person still needs access.
    attested_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        ["user", "organisation", "role", "starts_on", "ends_on", "granted_by", "attested_on"],
        D.ACCOUNT,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="membership_holds_a_day",
                violation_error_message=_("The last day must be after the first."),
            ),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This person already holds this role at that time."),
            ),
        ]


class AccessRequest(Record):
    """Somebody asks for an account; the data champion vouches; an administrator creates it (ORG-015 to -018, -021)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    full_name = models.CharField(max_length=120)
    email = models.EmailField()
    operational_need = models.TextField(max_length=1000)
    wants_champion = models.BooleanField(default=False)
    status = models.CharField(
        max_length=10,
        choices=AccessRequestStatus.choices,
        default=AccessRequestStatus.SUBMITTED,
    )
    work_account_checked = models.BooleanField(default=False)
    knows_where_to_get_help = models.BooleanField(default=False)
    training_confirmed_on = models.DateField(null=True, blank=True)
    vouched_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refusal_reason = models.CharField(max_length=400, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="access_requests")
    notified_at = models.DateTimeField(null=True, blank=True)

    objects = StaffQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        [
            "organisation",
            "full_name",
            "email",
            "operational_need",
            "wants_champion",
            "status",
            "work_account_checked",
            "knows_where_to_get_help",
            "training_confirmed_on",
            "vouched_by",
            "decided_by",
            "refusal_reason",
            "user",
            "notified_at",
        ],
        D.ACCOUNT,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["VOUCHED", "CREATED"])
                | Q(
                    vouched_by__isnull=False,
                    training_confirmed_on__isnull=False,
                    work_account_checked=True,
                    knows_where_to_get_help=True,
                ),
                name="access_request_is_vouched",
                violation_error_message=_("A data champion confirms the work account and the training first."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(vouched_by=None) | ~Q(decided_by=F("vouched_by")),
                name="access_request_two_persons",
                violation_error_message=_("The person who vouched cannot also create the account."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(status__in=["SUBMITTED", "VOUCHED"]),
                name="access_request_open_once",
                violation_error_message=_("A request for this address is already waiting."),
            ),
        ]


class Invitation(Record):
    """Lets somebody into their new account once, for a few days. Nothing secret is stored: the link is signed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = StaffQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        ["user", "organisation", "expires_at", "used_at", "withdrawn_at"], D.ACCOUNT
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="invitation_open_once",
                violation_error_message=_("This person has an open invitation already."),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None),
                name="invitation_used_or_withdrawn",
                violation_error_message=_("A withdrawn invitation cannot be used."),
            ),
        ]


class Draft(models.Model):
    """Text that reached the server but was not saved, kept for its author for twelve hours: nothing typed is lost."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    form_key = models.CharField(max_length=200)
    content = models.JSONField()
    saved_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, D]] = {
        "id": D.OPERATIONAL,
        "user": D.ACCOUNT,
        "form_key": D.OPERATIONAL,
        "content": D.CASEWORK_TEXT,
        "saved_at": D.OPERATIONAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form_key"], name="draft_once_per_form")]
