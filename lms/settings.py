"""All settings. What differs between machines comes from the environment; docs/configuration.md has the list."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# --- environment ---

env = environ.Env()
if env_file := env.str("ENV_FILE", default=str(BASE_DIR / ".env")):
    env.read_env(env_file)


def required(name):
    """Read a variable that has no default, or stop the start with a sentence."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Put it into the environment or into .env; `make run` writes one with fresh secrets."
        )
    return value


SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)

# Everything that this installation writes: database, cache, uploads, collected static files.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)
NODE_MODULES = Path(env.str("NODE_MODULES", default=str(BASE_DIR / "node_modules"))).resolve()

SITE_NAME = env.str("SITE_NAME", default="UNICRI Learning")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname
# What the web server listens on. On one's own machine the address of the site follows the port.
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=urlsplit(SITE_URL).port or 8000)
if SITE_HOST == "localhost":
    SITE_URL = f"http://localhost:{PORT}"
HTTPS = SITE_URL.startswith("https://")
# The machine itself may always ask, as supervisors and health checks do.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[SITE_HOST]), "localhost", "127.0.0.1", "[::1]"]
# Another name of this server that plays interactive content; empty: the site's own.
H5P_ORIGIN = env.str("H5P_ORIGIN", default="").rstrip("/")
if H5P_ORIGIN:
    ALLOWED_HOSTS.append(urlsplit(H5P_ORIGIN).hostname)
# How many reverse proxies of ours stand in front; only then are their headers believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

DEMO_MAILBOX = env.bool("DEMO_MAILBOX", default=False)
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=True)

# --- applications: ours first, so that their templates win ---

INSTALLED_APPS = [
    "lms",
    "reports",
    "catalogue",
    "programmes",
    "certificates",
    "gradebook",
    "moots",
    "timetable",
    "assessments",
    "learning",
    "enrolments",
    "courses",
    "cms",
    "h5p",
    "accounts",
    "portfolio",
    "foundation.outbox",
    "foundation.jobs",
    "foundation.audit",
    "wagtail_localize",
    "wagtail_localize.locales",  # stands in for wagtail.locales and has its label
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.PeopleConfig",  # stands in for wagtail.users and has its label
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.middleware.CompressTextMiddleware",
    "lms.middleware.content_host_middleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "lms.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.signed_out_middleware",
    "accounts.middleware.time_zone_middleware",
    "lms.middleware.second_factor_middleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.context_processors.site",
            ],
        },
    },
]
# Form and widget templates may be overridden in templates/ like any other.
FORM_RENDERER = "lms.form_renderer.FormRenderer"

# --- data ---

SQLITE_OPTIONS = {
    # Measured: without IMMEDIATE and the time-out, concurrent writers fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a saved answer survives a power cut.
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;PRAGMA journal_size_limit=67108864;"
    ),
}

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=8),
    }

REDIS_URL = env.str("REDIS_URL", default="")
DATABASE_ROUTERS = []
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 50_000}
    if SQLITE:
        # A file of its own: the cache never waits for, nor locks, the main database. Losing it loses nothing.
        DATABASES["cache"] = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "cache.sqlite3",
            "OPTIONS": SQLITE_OPTIONS
            | {
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA journal_size_limit=67108864;"
            },
        }
        DATABASE_ROUTERS = ["lms.routers.CacheRouter"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- files ---

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The H5P core is served as npm brings it.
STATICFILES_DIRS = [BASE_DIR / "static", ("h5p-core", NODE_MODULES / "h5p-standalone" / "dist")]
# Uploads are all private on disk: lms.media serves public renditions, Wagtail's checked view serves documents.
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.static_storage.StaticStorage"},
}
# Read by the server, never served: icons are inlined, fonts go into certificates.
ICONS_DIR = NODE_MODULES / "lucide-static" / "icons"
FONTS_DIR = NODE_MODULES / "@expo-google-fonts"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long lesson in Wagtail's editor has thousands
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.backends.SiteRoleBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:my_learning"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser in which the person signed up.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None  # the person is asked
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "confirm_email": "1/1m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS and SITE_HOST == "localhost"

# --- languages and time ---

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("zh-hans", "简体中文"),
]
# Those whose screens are translated; the others are languages of content only.
INTERFACE_LANGUAGES = ["en", "fr", "ar"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True


# --- Wagtail ---

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript"]},
    }
}
WAGTAILSEARCH_BACKENDS = {
    # "simple" on PostgreSQL: words are normalised by our own token field, the same in every language.
    "default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.LmsImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "cms.LmsDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    *[
        "csv",
        "docx",
        "epub",
        "m4a",
        "mp3",
        "mp4",
        "odp",
        "ods",
        "odt",
        "pdf",
        "pptx",
        "txt",
        "vtt",
        "webm",
        "xlsx",
    ],
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES = [
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "video/mp4",
    "video/webm",
    "text/vtt",
]
WAGTAILEMBEDS_FINDERS = []  # no page of ours asks another site for anything
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Signing in, passwords and e-mail addresses are allauth's alone.
WAGTAILADMIN_LOGIN_URL = "staff_sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# Named zones only: browsers do not know the machine's own ("localtime").
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# People choose their own passwords.
WAGTAILUSERS_PASSWORD_ENABLED = WAGTAILUSERS_PASSWORD_REQUIRED = False

# --- e-mail ---

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <noreply@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
if DEMO_MAILBOX:
    EMAIL_BACKEND = "foundation.outbox.mailbox.EmailBackend"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))

# --- security headers ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "frame-src": [SELF, *filter(None, [H5P_ORIGIN])],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        *(
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
        ),
        *("midi", "payment", "usb", "xr-spatial-tracking"),
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "lms.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- logs: one line an event, to the standard output ---

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"private_links": {"()": "lms.masking.PrivateLinks"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
            "filters": ["private_links"],
        },
    },
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Strangers ask for hosts that are not ours all day long; each is told so and need not be logged.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django_tasks": {"level": "WARNING"},  # two lines a task otherwise
        "fontTools": {"level": "WARNING"},
    },
}

# --- certificates ---

# The institution's name as printed on certificates and shown on verification, per language.
INSTITUTION_NAMES = {
    "en": env.str(
        "INSTITUTION_NAME", default="United Nations Interregional Crime and Justice Research Institute"
    ),
    "fr": env.str(
        "INSTITUTION_NAME_FR",
        default="Institut interrégional de recherche des Nations Unies sur la criminalité et la justice",
    ),
    "ar": env.str("INSTITUTION_NAME_AR", default="معهد الأمم المتحدة الأقاليمي لبحوث الجريمة والعدالة"),
    "es": env.str(
        "INSTITUTION_NAME_ES",
        default="Instituto Interregional de las Naciones Unidas para Investigaciones sobre la Delincuencia "
        "y la Justicia",
    ),
    "ru": env.str(
        "INSTITUTION_NAME_RU",
        default="Межрегиональный научно-исследовательский институт Организации Объединенных Наций "
        "по вопросам преступности и правосудия",
    ),
    "zh-hans": env.str("INSTITUTION_NAME_ZH", default="联合国区域间犯罪和司法研究所"),
}
# The letters in the seal of certificates.
INSTITUTION_MONOGRAM = env.str("INSTITUTION_MONOGRAM", default="UNICRI")
# The Ed25519 key that signs badges: its PEM text here, or else in a file. `manage.py make_badge_key` writes the file.
BADGE_KEY = env.str("BADGE_KEY", default="", multiline=True)
BADGE_KEY_FILE = Path(env.str("BADGE_KEY_FILE", default=str(VAR_DIR / "keys" / "badge.pem")))
# Where static TrueType fonts are looked for, in order: the npm packages, then Debian's.
CERTIFICATE_FONT_DIRS = [NODE_MODULES / "@expo-google-fonts", Path("/usr/share/fonts/truetype/noto")]
# The key that signs awards: its PEM text here, or else in a file (PEM or PKCS#12), or inside a PKCS#11 token.
SIGNING_KEY = env.str("SIGNING_KEY", default="", multiline=True)
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", default="")
SIGNING_KEY_PASSPHRASE = env.str("SIGNING_KEY_PASSPHRASE", default="")
SIGNING_PKCS11_MODULE = env.str("SIGNING_PKCS11_MODULE", default="")
SIGNING_PKCS11_TOKEN = env.str("SIGNING_PKCS11_TOKEN", default="")
SIGNING_PKCS11_PIN = env.str("SIGNING_PKCS11_PIN", default="")
SIGNING_PKCS11_LABEL = env.str("SIGNING_PKCS11_LABEL", default="")
# Where none is given, `manage.py prepare` makes one; a given one that is missing is never replaced by ours.
SIGNING_KEY_IS_OURS = not (SIGNING_KEY or SIGNING_KEY_FILE or SIGNING_PKCS11_MODULE)
SIGNING_KEY_FILE = Path(SIGNING_KEY_FILE or VAR_DIR / "keys" / "signing.pem")
# A time-stamp authority (RFC 3161) that states when an award was signed. Empty: none is asked.
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", default="")
