"""What needs doing, gathered from every context: each offers `prompts(actor, today)`."""

import datetime as dt

from opensponsor.cases import prompts as of_cases
from opensponsor.checks import prompts as of_checks
from opensponsor.core.actor import Actor
from opensponsor.core.prompts import Prompt
from opensponsor.identity import prompts as of_identity
from opensponsor.visas import prompts as of_visas

SOURCES = (of_cases.prompts, of_visas.prompts, of_checks.prompts, of_identity.prompts)


def gather(actor: Actor, today: dt.date) -> list[Prompt]:
    """Every prompt for this actor."""
    return [prompt for source in SOURCES for prompt in source(actor, today)]
