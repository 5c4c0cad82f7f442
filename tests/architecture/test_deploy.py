"""What a live installation starts with is what the framework's own checks ask for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
LIVE = {
    "OPENSPONSOR_ENVIRONMENT": "live",
    "OPENSPONSOR_SECRET_KEY": "kH3!u9Zq#Lw7@Rt5$Vb2&Nm8*Xc4^Pd6(Gf1)Js0-Ya_Qe+Wi=Ot",
    "OPENSPONSOR_FIELD_KEY": "f" * 40,
    "OPENSPONSOR_AUDIT_KEY": "a" * 40,
    "OPENSPONSOR_ALLOWED_HOSTS": "service.example.wales",
    "DJANGO_SETTINGS_MODULE": "opensponsor.config.settings",
    "PYTHONPATH": str(ROOT),
}


def check_deploy(**changes):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("OPENSPONSOR_")}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment | LIVE | changes,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_live_system_passes_every_check_of_the_framework():
    done = check_deploy()
    assert done.returncode == 0, done.stderr


def test_the_check_would_notice_cookies_without_encryption():
    done = check_deploy(OPENSPONSOR_HTTPS="no")
    assert done.returncode != 0
    assert "SESSION_COOKIE_SECURE" in done.stderr


@pytest.mark.django_db(databases="__all__")
def test_tables_and_models_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_errors_show_no_insides():
    assert settings.DEBUG is False
    assert settings.MFA_TOTP_TOLERANCE == 0
    assert not getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)


FORBIDDEN = ["'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:"]


@pytest.mark.parametrize("source", FORBIDDEN)
def test_the_content_policy_lets_in_nothing_inline_and_nobody_else(source):
    for directive, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        assert source not in map(str, sources), directive
