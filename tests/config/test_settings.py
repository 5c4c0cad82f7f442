"""Settings: documented, and none of the demo's secrets in a live system."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "opensponsor" / "config" / "settings.py").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operations" / "settings.md").read_text(encoding="utf-8")
READ = sorted(set(re.findall(r"""env\.(?:text|number|words|secret)\(\s*"([A-Z_]+)\"""", SETTINGS)))
LIVE = {
    "OPENSPONSOR_ENVIRONMENT": "live",
    "OPENSPONSOR_SECRET_KEY": "s" * 40,
    "OPENSPONSOR_FIELD_KEY": "f" * 40,
    "OPENSPONSOR_AUDIT_KEY": "a" * 40,
    "OPENSPONSOR_ALLOWED_HOSTS": "service.example.wales",
}


def start(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("OPENSPONSOR_", "DATABASE_"))
    }
    code = "from django.conf import settings; print(settings.ENVIRONMENT)"
    environment |= {"DJANGO_SETTINGS_MODULE": "opensponsor.config.settings", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment | variables, capture_output=True, text=True, timeout=60
    )


def test_settings_are_read_at_all() -> None:
    assert len(READ) > 15


@pytest.mark.parametrize("name", READ)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`OPENSPONSOR_{name}`" in PAGE


def test_a_live_system_starts_with_secrets_of_its_own() -> None:
    assert start(LIVE).stdout.strip() == "live"


@pytest.mark.parametrize("name", ["OPENSPONSOR_SECRET_KEY", "OPENSPONSOR_FIELD_KEY", "OPENSPONSOR_AUDIT_KEY"])
@pytest.mark.parametrize("value", [None, "demo-secret-known-to-everybody", "short"])
def test_a_live_system_refuses_to_start_without_its_secrets(name: str, value: str | None) -> None:
    variables = {key: other for key, other in LIVE.items() if key != name} | ({name: value} if value else {})
    started = start(variables)
    assert started.returncode != 0
    assert name in started.stderr


def test_an_unknown_environment_is_refused() -> None:
    assert "must be live, test or demo" in start(LIVE | {"OPENSPONSOR_ENVIRONMENT": "production"}).stderr


@pytest.mark.rule("ORG-027")
def test_the_demo_needs_no_secret_and_is_not_live() -> None:
    assert start({"OPENSPONSOR_ENVIRONMENT": "demo"}).stdout.strip() == "demo"
