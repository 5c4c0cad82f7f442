"""What needs doing, gathered from every context: each offers `prompts(actor, today)`."""

import datetime as dt

from opensponsor.cases import prompts as of_cases
from opensponsor.checks import prompts as of_checks
from opensponsor.core.actor import Actor
from opensponsor.core.prompts import Prompt
from opensponsor.identity import prompts as of_identity
from opensponsor.visas import prompts as of_visas


def _of_checks(actor: Actor, today: dt.date) -> list[Prompt]:
    """Checks know nothing of visas, so they are told for whom they are still needed."""
    return of_checks.prompts(actor, today, among=of_visas.somebody_comes(actor))


SOURCES = (of_cases.prompts, of_visas.prompts, _of_checks, of_identity.prompts)


def gather(actor: Actor, today: dt.date) -> list[Prompt]:
    """Every prompt for this actor."""
    return [prompt for source in SOURCES for prompt in source(actor, today)]
