"""`opensponsor import FEED FILE`: exit code 0 when the file is loaded, 1 when it is held or refused."""

import argparse
from pathlib import Path

from opensponsor.ops.environment import application
from opensponsor.ops.problems import Problem

FEEDS = {"applications": "APPLICATIONS", "offers": "OFFERS"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", choices=FEEDS, help="what the file holds")
    parser.add_argument("file", type=Path, help="CSV or JSON Lines in UTF-8")
    parser.add_argument("--for", dest="owner", metavar="CODE", help="the national body it belongs to (default: mhclg)")
    parser.add_argument("--trial", action="store_true", help="say what the file would do, and load nothing")
    parser.add_argument("--rejects", type=Path, metavar="CSV", help="write the rows that were not taken to this file")


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.core.refusals import Refused
        from opensponsor.core.rowsecurity import as_system
        from opensponsor.feeds import queries
        from opensponsor.feeds.codes import Reason, Refusal
        from opensponsor.feeds.services.automatic import load_file
        from opensponsor.feeds.states import Feed, LoadStatus
        from opensponsor.saved_views.files import csv_file

        try:
            load = load_file(
                feed=Feed(FEEDS[arguments.feed]),
                path=arguments.file,
                owner_id=_owner_id(arguments.owner),
                is_trial=arguments.trial,
            )
        except (Refused, OSError) as error:
            raise Problem(str(error)) from error
        if arguments.rejects:
            with as_system("feed-file") as actor:
                found = queries.all_rejects(actor, load.pk)
                lines = [(one.line, one.field, str(Reason(one.reason).label), one.value) for one in found]
            arguments.rejects.write_bytes(csv_file.write(("Line", "Field", "Why", "What stood there"), lines))
        if load.status == LoadStatus.REFUSED:
            raise Problem(str(Refusal(load.refusal).label))
    print(", ".join(f"{number:,} {key}" for key, number in load.counts.items()) or "no rows")
    print("Nothing was loaded: this was a trial." if arguments.trial else f"{load.get_status_display()}.")
    return int(load.status == LoadStatus.HELD)


def _owner_id(code: str | None) -> int | None:
    from opensponsor.identity.models import Organisation

    if not code:
        return None
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise Problem(f"No organisation has the code {code}.")
    return int(found.pk)
