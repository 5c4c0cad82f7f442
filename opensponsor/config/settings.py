"""One settings file, driven by the environment: `environment.py` reads it, `docs/operations/settings.md` lists it."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from opensponsor.config import environment as env
from opensponsor.config import identity_provider, logs

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.text("VAR", str(PACKAGE.parent / "var")))

ENVIRONMENT = env.text("ENVIRONMENT", "live")
if ENVIRONMENT not in {"live", "test", "demo"}:
    raise ImproperlyConfigured("OPENSPONSOR_ENVIRONMENT must be live, test or demo")
LIVE = ENVIRONMENT == "live"

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", live=LIVE)
FIELD_KEY = env.secret("FIELD_KEY", live=LIVE)
AUDIT_KEY = env.secret("AUDIT_KEY", live=LIVE)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
FIELD_KEY_FALLBACKS = env.words("FIELD_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if LIVE else "localhost,127.0.0.1,[::1]")
SERVICE_NAME = env.text("SERVICE_NAME", "OpenSponsor")
SUPPORT_CONTACT = env.text("SUPPORT_CONTACT")
# Files that are put there are loaded; empty for none.
FEED_FOLDER = env.text("FEED_FOLDER")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "opensponsor.core",
    "opensponsor.reference",
    "opensponsor.audit",
    "opensponsor.identity",
    "opensponsor.messages",
    "opensponsor.cases",
    "opensponsor.people",
    "opensponsor.hosts",
    "opensponsor.licensing",
    "opensponsor.visas",
    "opensponsor.checks",
    "opensponsor.saved_views",
    "opensponsor.feeds",
    "opensponsor.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opensponsor.web.middleware.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "opensponsor.web.middleware.requests.RequestTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "opensponsor.web.middleware.language.UserLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "opensponsor.web.middleware.gate.Gate",
]

ROOT_URLCONF = "opensponsor.config.urls"
WSGI_APPLICATION = "opensponsor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "opensponsor.web.components.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "opensponsor.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "opensponsor.web.formkit.Renderer"

DATABASE_ROUTERS = ["opensponsor.config.routers.OutsideRouter"]
_RUNTIME_URL = os.environ.get("DATABASE_URL", "")
_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
DATABASES = {
    "default": env.database(_RUNTIME_URL, pooled=True),
    # The same database without a transaction around it: what must outlive a rolled-back request.
    "outside": env.database(_RUNTIME_URL, pooled=True),
}
if _OWNER_URL:
    DATABASES["owner"] = env.database(_OWNER_URL, pooled=False)
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# Shared by all workers, so that a one-time code used at one is used up at every other.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Django throws a third away when there are more, used-up codes among them; the hourly sweep keeps it far below.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Each context keeps its background entry points in `jobs.py`.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "identity.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"opensponsor.identity.passwords.{name}"} for name in ("Length", "NotGuessable", "NotLeaked")
]
BREACHED_PASSWORDS = env.text("BREACHED_PASSWORDS")
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["opensponsor.web.account.backend.PasswordBackend"]
IDENTITY_PROVIDER = identity_provider.from_environment(live=LIVE)
MOST_FAILED_SIGN_INS = env.number("MOST_FAILED_SIGN_INS", 500)
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1 if env.text("BEHIND_PROXY") == "yes" else 0)

ACCOUNT_ADAPTER = "opensponsor.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # Second factors, by account; passwords are counted in `web/account/limits.py`.
    "login_failed": "5/15m/key",
    "reset_password": "20/m/ip,5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/15m/user",
    "reauthenticate": "10/m/user",
}
_FORMS = "opensponsor.web.account.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignIn",
    "reset_password": _FORMS + "ForgottenPassword",
    "reset_password_from_key": _FORMS + "NewPassword",
    "change_password": _FORMS + "ChangePassword",
    "reauthenticate": _FORMS + "ProveByPassword",
}
SOCIALACCOUNT_ADAPTER = "opensponsor.web.account.oidc.answers.SocialAdapter"
# A button would send a form on to another site, which the content policy forbids; the link changes nothing here.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "opensponsor.web.account.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# More would accept a code for longer than the mark lasts that it was used.
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": _FORMS + "EnterCode",
    "authenticate_webauthn": _FORMS + "UsePasskey",
    "reauthenticate": _FORMS + "ProveByCode",
    "reauthenticate_webauthn": _FORMS + "ProveByPasskey",
    "activate_totp": _FORMS + "SetUpApp",
    "add_webauthn": _FORMS + "AddPasskey",
}

SESSION_ENGINE = "opensponsor.web.account.store"
SESSION_COOKIE_AGE = 12 * 60 * 60
IDLE_SECONDS = env.number("IDLE_MINUTES", 15) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_COOKIES = env.text("HTTPS", "yes" if LIVE else "no") == "yes"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
# A browser lets passkeys work without TLS on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "opensponsor.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.text("BEHIND_PROXY") == "yes" else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = True
# Shorter than a transaction may idle: a notice is locked while it goes out.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "no-reply@localhost")

LOGGING = logs.CONFIGURATION

INACTIVITY_WARNING_DAYS = env.number("INACTIVITY_WARNING_DAYS", 60)
INACTIVITY_SUSPENSION_DAYS = env.number("INACTIVITY_SUSPENSION_DAYS", 90)
INVITATION_DAYS = env.number("INVITATION_DAYS", 7)
# How often a data champion confirms who still needs access, and how long an unconfirmed account stays open after that.
ATTESTATION_DAYS = env.number("ATTESTATION_DAYS", 90)
ATTESTATION_GRACE_DAYS = env.number("ATTESTATION_GRACE_DAYS", 30)
# What stands before the path in links that are sent by mail.
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
