"""`opensponsor create-admin EMAIL NAME`."""

import argparse

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the administrator's e-mail address")
    parser.add_argument("full_name", metavar="name", help="their full name, in quotation marks")


def run(arguments: argparse.Namespace) -> int:
    with application():
        from django.conf import settings
        from django.urls import reverse

        from opensponsor.core import clock
        from opensponsor.identity.services.account_creation import create_administrator
        from opensponsor.identity.services.invitations import token_for

        invitation = create_administrator(email=arguments.email, full_name=arguments.full_name, today=clock.today())
        link = settings.PUBLIC_URL + reverse("invitation", args=[token_for(invitation.pk)])
    print("They choose a password and a second factor behind this link, which works once:")
    print(
        f"\n  {link}\n\nIt ends on {invitation.expires_at:%d %B %Y}. Hand it over personally; it is not sent by e-mail."
    )
    return 0
