"""Django's settings, derived from the site's folder and a few environment variables; no secret stands here."""

import os
from pathlib import Path

from tonggui.base.site import Site

SITE = Site.at(os.environ.get("TONGGUI_DATA", "data"))
PACKAGE = Path(__file__).resolve().parents[1]

SECRET_KEY = SITE.secret("django").hex()
DEBUG = os.environ.get("TONGGUI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("TONGGUI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # For the pages of its documentation, served from this machine.
    "ninja",
    "tonggui.register",
    "tonggui.measure",
    "tonggui.reports",
    "tonggui.web",
    # Every folder of ledgers that says how it is called in the menu is an app; a new one needs no line here.
    *(f"tonggui.ledgers.{apps.parent.name}" for apps in sorted((PACKAGE / "ledgers").glob("*/apps.py"))),
]
AUTH_USER_MODEL = "register.Account"

MIDDLEWARE = [
    "tonggui.web.middleware.secure_cookies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tonggui.web.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tonggui.web.middleware.content_policy",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tonggui.web.context.shell",
            ],
        },
    }
]

# Weighing passes under the law, as the stream judges them: pages tell the same steps.
WEIGHING = "tonggui.run.weighing.WEIGHING"

ROOT_URLCONF = "tonggui.run.urls"
ASGI_APPLICATION = "tonggui.run.asgi.application"


def database() -> dict:
    """SQLite in the site's folder, or PostgreSQL where TONGGUI_POSTGRES holds a libpq service string's parts.

    TONGGUI_POSTGRES is `host=… port=… dbname=… user=… password=…`; anything absent takes libpq's default.
    """
    postgres = os.environ.get("TONGGUI_POSTGRES")
    if not postgres:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": SITE.ledgers_database,
            # Writers queue instead of failing; readers never wait for them (write-ahead log).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    parts = dict(part.split("=", 1) for part in postgres.split())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "tonggui"),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = SITE.folder("static")
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = SITE.data / "attachments"

# The offline base map: `roads.pmtiles` and drawn lines of the site, or those of the demo county.
MAP_FOLDER = SITE.data / "map" if (SITE.data / "map" / "roads.pmtiles").is_file() else PACKAGE / "run" / "demo" / "map"

# Faults with their trace, logins and looks at tracks go to the process's own output, where its supervisor keeps them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["output"], "level": "WARNING"},
    "loggers": {
        "tonggui": {"level": "INFO"},
        "django": {"handlers": ["output"], "level": "ERROR", "propagate": False},
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
# A working day, so that a machine left open in the evening is closed in the morning.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
