"""The root of every address. People's pages carry their language; machines' and short links do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalogue import views as catalogue
from certificates import views as certificates
from certificates.badges import views as badges
from certificates.views import verification_link
from lms import health, media, staff
from programmes.interviews import views as interviews
from timetable.attendance.views.check_in import check_in_link
from timetable.views import timetable_feed

handler400 = "lms.errors.bad_request"
handler403 = "lms.errors.permission_denied"
handler404 = "lms.errors.page_not_found"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", catalogue.robots, name="robots"),
    path("sitemap.xml", catalogue.sitemap, name="sitemap"),
    # Answers 404 unless DEMO_MAILBOX is on.
    path("mailbox/", include("foundation.outbox.urls")),
    path("set-language/", set_language, name="set_language"),
    # Signing in to the CMS is signing in to the site; who is signed in already is told why the door stays shut.
    path("cms/login/", staff.sign_in, name="staff_sign_in"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("h5p/", include("h5p.urls")),
    path("h5p/", include("learning.interactive.urls")),
    re_path(r"^media/(?P<path>.+)$", media.serve, name="media"),
    path(".well-known/did.json", badges.did_document, name="did_document"),
    path("credentials/status/<int:number>/", badges.status_list, name="status_list"),
    path(".well-known/award-signing.pem", certificates.signing_certificates, name="signing_certificates"),
    path("check-in/<str:code>/", check_in_link, name="check_in_link"),
    path("timetable/<str:token>.ics", timetable_feed, name="timetable_feed"),
    path("verify/<str:code>.json", certificates.verify_json, name="verify_json"),
    path("interviews/<uuid:uid>.ics", interviews.calendar, name="interview_calendar"),
    # The short link that papers and QR codes carry; it leads to the page in the visitor's language.
    path("verify/", RedirectView.as_view(pattern_name="certificates:verify"), name="verification"),
    path("verify/<str:code>/", verification_link, name="verification_link"),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("courses/", include("enrolments.urls")),
    path("learn/", include("gradebook.urls")),
    path("learn/", include("assessments.urls")),
    path("learn/", include("assessments.assignments.urls")),
    path("learn/", include("learning.urls")),
    path("timetable/", include("timetable.attendance.urls")),
    path("timetable/", include("timetable.urls")),
    path("moots/", include("moots.urls")),
    path("programmes/", include("programmes.records.urls")),
    path("", include("certificates.urls")),  # awards/ and verify/
    path("", include("programmes.interviews.urls")),
    path("", include("programmes.selection.urls")),  # apply/…/decision/
    path("", include("programmes.applications.urls")),  # apply/ and referee/
    path("programmes/", include("programmes.urls")),
    path("styleguide/", include("lms.styleguide.urls")),
    path("", include("catalogue.urls")),
    path("", include(wagtail_urls)),
)
