"""One entry of the menu for all screens of certificates."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from certificates.viewsets.courses import CourseAwardViewSet
from certificates.viewsets.designs import DesignViewSet
from certificates.viewsets.papers import PaperViewSet
from certificates.viewsets.register import RegisterViewSet
from certificates.viewsets.types import AwardTypeViewSet, MarkViewSet, SignatoryViewSet


class CertificatesGroup(ViewSetGroup):
    """The register first: it is opened every day."""

    menu_label = _("Certificates")
    menu_icon = "success"
    menu_order = 350
    items = (
        RegisterViewSet("award_register", url_prefix="certificates/register"),
        CourseAwardViewSet("course_awards", url_prefix="certificates/courses"),
        AwardTypeViewSet("award_types", url_prefix="certificates/types"),
        PaperViewSet("papers", url_prefix="certificates/papers"),
        DesignViewSet("award_designs", url_prefix="certificates/designs"),
        MarkViewSet("award_marks", url_prefix="certificates/marks"),
        SignatoryViewSet("signatories", url_prefix="certificates/signatories"),
    )
