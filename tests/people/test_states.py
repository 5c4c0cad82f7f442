"""Code lists that repeat each other say the same."""

import pytest
from django.utils import translation

from opensponsor.people.states import JourneyStatus, Route, Way


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_way_is_a_route_or_a_journey_status_without_its_words(language: str) -> None:
    with translation.override(language):
        assert [str(label) for label in Way.labels] == [str(label) for label in Route.labels] + JourneyStatus.values
        assert all(str(status.label).startswith(f"{status.value} ") for status in JourneyStatus)
    assert Way.values == Route.values + JourneyStatus.values
