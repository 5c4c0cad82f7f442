"""`opensponsor check`: exit code 0 when healthy, 1 when something failed; warnings do not count."""

import argparse

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--audit", action="store_true", help="read the whole history and name what was tampered with")


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.ops import health

        asked = [check for name, check in health.ON_REQUEST.items() if getattr(arguments, name, False)]
        findings = [health.look(check) for check in (*health.CHECKS, *asked)]
    for finding in findings:
        print(f"{finding.level:8} {finding.subject}: {finding.sentence}")
    return int(any(finding.level is health.Level.FAILURE for finding in findings))
