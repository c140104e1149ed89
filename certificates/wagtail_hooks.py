"""What certificates answer when Wagtail or the apps below ask."""

from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from certificates import access
from certificates.models import Award, AwardType, Mark, Signatory
from certificates.readiness import course_award_problems
from certificates.viewsets import AwardPolicy, CertificatesGroup, DefinitionPolicy
from courses.models import CoursePage
from foundation.audit.actions import register_action

register_permission_policy(Award, AwardPolicy(Award))
register_permission_policy(AwardType, DefinitionPolicy(AwardType))
register_permission_policy(Signatory, DefinitionPolicy(Signatory))
register_permission_policy(Mark, DefinitionPolicy(Mark))

register_action("certificates.revoke", _("Revoked"))
register_action("certificates.issue_for", _("Issued"))
register_action("certificates.view_paper", _("Paper opened"))
register_action("certificates.enter_past_awards", _("Past awards entered"))
register_action("certificates.correct_past_award", _("Entry of a past award corrected"))
register_action("certificates.attach_scan", _("Scan of the paper kept"))
register_action("certificates.erase", _("Name and file erased"))
register_action("certificates.replace", _("Replaced"))
register_action("certificates.give_award", _("Award of the course chosen"))
register_action("certificates.order_bulk_issue", _("Awards issued to many"))
register_action("certificates.send_held_emails", _("Held e-mails about awards sent"))
register_action("certificates.retire", _("Retired"))
register_action("certificates.reinstate", _("Reinstated"))
register_action("certificates.add_awardtype", _("Award type added"))
register_action("certificates.change_awardtype", _("Award type changed"))
register_action("certificates.decide", _("Given by decision"))
register_action("certificates.add_paper", _("Paper added"))
register_action("certificates.change_paper", _("Paper changed"))
register_action("certificates.add_mark", _("Mark added"))
register_action("certificates.change_mark", _("Mark changed"))
register_action("certificates.add_design", _("Design added"))
register_action("certificates.import_design", _("Design imported"))
register_action("certificates.change_design", _("Design changed"))
register_action("certificates.publish_design", _("Design published"))
register_action("certificates.restore_design", _("Earlier version of a design restored"))
register_action("certificates.retire_design", _("Design retired"))
register_action("certificates.reinstate_design", _("Design reinstated"))
register_action("certificates.add_signatory", _("Signatory added"))
register_action("certificates.change_signatory", _("Signatory changed"))


@hooks.register("course_publish_problems")
def award_problems(course):
    """A course must be able to give the award it promises."""
    return course_award_problems(course)


@hooks.register("register_admin_urls")
def bulk_urls():
    """Issuing to many, entering past awards, erasing names and files."""
    return [
        path("bulk-awards/", include("certificates.bulk.urls")),
        path("award-erasure/", include("certificates.erasure.urls")),
        path("past-awards/", include("certificates.past.urls")),
    ]


@hooks.register("register_admin_viewset")
def certificate_screens():
    """Everything under one menu entry."""
    return CertificatesGroup()


def award_button(course, user):
    """The way from a course to its award."""
    url = reverse("course_awards:choose", args=[course.canonical.pk])
    return Button(_("Award"), url=url, icon_name="success", priority=40)


@hooks.register("register_page_header_buttons")
def award_button_on_page(page, user, view_name, next_url=None):
    """On the course's own editor."""
    if isinstance(page, CoursePage) and access.can_choose_award(user, page):
        yield award_button(page, user)


@hooks.register("course_outline_buttons")
def award_button_on_outline(course, user):
    """On the course's outline."""
    if access.can_choose_award(user, course):
        yield award_button(course, user)


@hooks.register("awards_given")
def awards_given(enrolment_ids):
    """Say which awards stand in these enrolments: they stay, whatever becomes of a score."""
    found = {}
    awards = Award.objects.filter(enrolment__in=enrolment_ids, revoked_at=None, superseded_at=None)
    for award in awards.order_by("issued_at"):
        sentence = _("%(number)s, given on %(day)s") % {
            "number": award.number,
            "day": date_format(award.issued_at, "j F Y"),
        }
        found.setdefault(award.enrolment_id, []).append(str(sentence))
    return found


class NotDrawnPanel(Component):
    """Awards that could not be drawn, with the sentence that says why."""

    order = 110

    def __init__(self, awards):
        self.awards = awards

    def render_html(self, parent_context=None) -> SafeString:
        """The list."""
        return render_to_string("certificates/admin/_not_drawn.html", {"awards": self.awards})


@hooks.register("construct_homepage_panels")
def awards_that_could_not_be_drawn(request, panels):
    """Registrars see on the staff home what they have to put right."""
    if access.can_decide(request.user):
        awards = list(Award.objects.not_drawn()[:20])
        if awards:
            panels.append(NotDrawnPanel(awards))
