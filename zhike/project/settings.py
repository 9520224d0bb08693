"""Settings: everything an installation may change comes from the environment and has a safe default."""

from datetime import timedelta
from pathlib import Path

from zhike.project.database import database_url, django_database
from zhike.project.environment import number, setting, switched_on, words
from zhike.project.home import home, secret_key
from zhike.project.operation.log import configuration as logging_configuration

PACKAGE = Path(__file__).resolve().parents[1]
WEB = PACKAGE / "project" / "web"


def _packages(*groups: str) -> list[str]:
    """Every feature and every domain is an application because its folder says so (apps.py), not because a list does."""
    found = (path for group in groups for path in sorted((PACKAGE / group).glob("*/apps.py")))
    return [f"zhike.{path.parent.parent.name}.{path.parent.name}" for path in found]


SECRET_KEY = secret_key()
DEBUG = switched_on("ZHIKE_DEBUG")
ALLOWED_HOSTS = words("ZHIKE_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = words("ZHIKE_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "procrastinate.contrib.django",
    "zhike.kernel",
    "zhike.org",
    *_packages("features", "apps", "integrations"),
    "zhike.api",
]
MIDDLEWARE = [
    "zhike.project.operation.requests.Observed",
    "zhike.project.headers.SafeHeaders",
    "zhike.api.words.Words",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "zhike.project.urls"
WSGI_APPLICATION = "zhike.project.wsgi.application"
CSRF_FAILURE_VIEW = "zhike.project.pages.forged"
APPEND_SLASH = False

DATABASES = {"default": django_database(database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.Person"
DEPARTMENT_MODEL = "org.Department"
FILE_MODEL = "files.StoredFile"
AUTHENTICATION_BACKENDS = ["zhike.org.backend.PersonBackend"]
PASSWORD_HASHERS = ["zhike.org.hashing.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhike.org.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "zhike.org.sessions"
SESSION_COOKIE_AGE = number("ZHIKE_SESSION_HOURS") * 3600
SESSION_IDLE = timedelta(minutes=number("ZHIKE_SESSION_IDLE_MINUTES"))
SINGLE_SIGN_ON = {
    "issuer": setting("ZHIKE_OIDC_ISSUER"), "client_id": setting("ZHIKE_OIDC_CLIENT"),
    "client_secret": setting("ZHIKE_OIDC_SECRET"),
    "scopes": setting("ZHIKE_OIDC_SCOPES"), "label": setting("ZHIKE_OIDC_LABEL"), "match": setting("ZHIKE_OIDC_MATCH"),
}  # fmt: skip
TOKEN_DAYS, REQUESTS_A_MINUTE = number("ZHIKE_TOKEN_DAYS"), number("ZHIKE_REQUESTS_A_MINUTE")
PROXIES = words("ZHIKE_PROXIES")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = switched_on("ZHIKE_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

FILES_FOLDER = home() / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

PUBLIC_ADDRESS = setting("ZHIKE_ADDRESS").rstrip("/")
EMAIL_HOST, EMAIL_PORT = setting("ZHIKE_SMTP_HOST"), number("ZHIKE_SMTP_PORT")
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = setting("ZHIKE_SMTP_USER"), setting("ZHIKE_SMTP_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = (setting("ZHIKE_SMTP_SECURITY") == word for word in ("starttls", "tls"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = setting("ZHIKE_MAIL_FROM")
OUTBOUND_NETWORKS = words("ZHIKE_OUTBOUND_NETWORKS")
REGISTRY = {"url": setting("ZHIKE_REGISTRY_URL"), "key": setting("ZHIKE_REGISTRY_KEY")}

# Errors must reach the journal of the service; Django's own default would mail them to nobody.
LOGGING = logging_configuration()
SLOW_QUERY = number("ZHIKE_SLOW_QUERY_MS") / 1000
UNDO_DAYS = number("ZHIKE_UNDO_DAYS")
METRICS_NETWORKS, METRICS_TOKEN = words("ZHIKE_METRICS_NETWORKS"), setting("ZHIKE_METRICS_TOKEN")
# Seconds for which views of records are gathered before they are written down.
VIEWS_STORED_EVERY = 2.0

STATIC_URL = "/static/"
WHITENOISE_ROOT = WEB if WEB.is_dir() else None
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# Their names change with their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
