"""Settings of the smallest Wagtail site that has a form page."""

import os
from pathlib import Path

FOLDER = Path(os.environ["WAGTAIL_FOLDER"])

SECRET_KEY = "only for tests on loopback"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.world.wagtail_app.urls"
INSTALLED_APPS = [
    "tests.world.wagtail_app",
    "wagtail.contrib.forms",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "wagtail.sqlite3",
    }
}
# Tables are made as the models are now: hundreds of migrations take many seconds.
MIGRATION_MODULES = {
    "wagtail_app": None,
    "wagtailforms": None,
    "wagtailusers": None,
    "wagtaildocs": None,
    "wagtailimages": None,
    "wagtailadmin": None,
    "wagtailcore": None,
    "taggit": None,
    "auth": None,
    "contenttypes": None,
    "sessions": None,
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["WAGTAIL_SMTP_PORT"])
STATIC_URL = "/static/"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
WAGTAIL_SITE_NAME = "Harbour Bakery"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, str]] = {}
