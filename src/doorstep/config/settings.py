"""Django's settings: wiring only. Everything a deployment may change is an environment variable named here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from doorstep.config.environment import allowed_hosts, database_settings, secret_key

HERE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = secret_key()
ALLOWED_HOSTS = allowed_hosts()

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "doorstep.core.access",
    "doorstep.areas",
    "doorstep.staff",
    "doorstep.catalogue",
    "doorstep.cases",
    "doorstep.proofs",
    "doorstep.mediation",
    "doorstep.rota",
    "doorstep.notices",
    "doorstep.alerts",
    "doorstep.exchange",
    "doorstep.fronts",
]

MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are small on the wire; their length gives no secret away, since each answer is padded at random and every
    # form's token is masked anew.
    "django.middleware.gzip.GZipMiddleware",
    "doorstep.fronts.safety.Headers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "doorstep.fronts.preferences.Preferences",
    "doorstep.fronts.entering.Entering",
]

ROOT_URLCONF = "doorstep.config.urls"
WSGI_APPLICATION = "doorstep.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "doorstep.fronts.page.page",
            ],
            "builtins": ["doorstep.fronts.templatetags.words", "django.templatetags.static"],
        },
    }
]

DATABASES = database_settings()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Our own accounts use Django's hashing alone; none of its sign-in, sessions or permissions.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = False
LANGUAGE_CODE = "zh-hans"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("DOORSTEP_STATIC", HERE.parent.parent / "var" / "static"))
STATICFILES_DIRS = [("vendor", HERE.parent.parent / "vendor")]
STORAGES = {
    "staticfiles": {"BACKEND": "doorstep.fronts.storage.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = os.environ.get("DOORSTEP_HTTPS", "") == "1"
CSRF_FAILURE_VIEW = "doorstep.fronts.refusing.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Only then is a forwarded address or scheme believed: anybody can write those headers.
BEHIND_PROXY = os.environ.get("DOORSTEP_BEHIND_PROXY") == "1"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# Far more than any form takes: who picks a whole album is told in words, with what was written still there.
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# What seals agreements: a certificate and its key that the city gives, as PEM files, else one of our own, made at first
# use; and the address of an RFC 3161 time stamping authority, if there is one.
SEAL_CERTIFICATE = os.environ.get("DOORSTEP_SEAL_CERTIFICATE", "")
SEAL_KEY = os.environ.get("DOORSTEP_SEAL_KEY", "")
TIME_STAMPS = os.environ.get("DOORSTEP_TIME_STAMPS", "")

# Owners' portals that may show our pages in a frame, separated by spaces.
FRAME_ANCESTORS = os.environ.get("DOORSTEP_FRAME_ANCESTORS", "").split()

# Reports that one device may send in an hour; one address may send ten times as many.
REPORTS_PER_HOUR = int(os.environ.get("DOORSTEP_REPORTS_PER_HOUR", "20"))

# Whether a changed dispatch table is published by somebody else than who changed it.
TABLE_BY_TWO = os.environ.get("DOORSTEP_TABLE_BY_TWO", "") == "1"
# Cases and contacts that one sign-in may open in an hour, how many times what it worked on, and how many pages of lists
# it may turn, before the security administrator is told.
BULK_VIEWS = tuple(int(each) for each in os.environ.get("DOORSTEP_BULK_VIEWS", "60 8 3 20").split())

EMAIL_URL = os.environ.get("DOORSTEP_SMTP", "")
SMS_URL = os.environ.get("DOORSTEP_SMS", "")
SMS_SECRET = os.environ.get("DOORSTEP_SMS_SECRET", "")
# Robots and applications of WeCom and DingTalk: what each is stands at the top of its file in notices/channels/.
WECOM_ROBOT = os.environ.get("DOORSTEP_WECOM", "")
WECOM_TOKEN = os.environ.get("DOORSTEP_WECOM_TOKEN", "")
WECOM_AES_KEY = os.environ.get("DOORSTEP_WECOM_AES_KEY", "")
WECOM_CORP = os.environ.get("DOORSTEP_WECOM_CORP", "")
DINGTALK_ROBOT = os.environ.get("DOORSTEP_DINGTALK", "")
DINGTALK_SECRET = os.environ.get("DOORSTEP_DINGTALK_SECRET", "")
DINGTALK_APP_SECRET = os.environ.get("DOORSTEP_DINGTALK_APP_SECRET", "")
# Whether a request by Open311 is taken only from a partner, who has a key.
OPEN311_NEEDS_KEY = os.environ.get("DOORSTEP_OPEN311_KEY", "") == "1"
# Networks inside that may be called at an address which somebody gave us: a house of the same government network.
CALL_INSIDE = os.environ.get("DOORSTEP_CALL_INSIDE", "").split()
PUBLIC_ADDRESS = os.environ.get("DOORSTEP_ADDRESS", "http://127.0.0.1:8000")
LIVE_ADDRESS = os.environ.get("DOORSTEP_LIVE", "")

IS_DEMO = os.environ.get("DOORSTEP_DEMO") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
