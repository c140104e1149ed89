"""What all screens of the gradebook have in common: the way here, and the tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from enrolments.access import can_manage
from enrolments.admin_views.asking import crumbs, screen
from gradebook import access


def address(name, edition, *args):
    """The address of one of the gradebook's screens."""
    return reverse(f"edition_grades:{name}", args=[edition.pk, *args])


def trail(user, edition, *steps):
    """The way here: managers come from editions, tutors from tutoring."""
    here = (address("grid", edition), _("Gradebook"))
    way = [(reverse("tutoring:index"), _("Tutoring"))]
    if can_manage(user, edition):
        way = [
            (reverse("editions:index"), _("Editions")),
            (reverse("editions:edit", args=[edition.pk]), str(edition)),
        ]
    if not steps:
        return crumbs(*way, last=here[1])
    return crumbs(*way, here, *steps[:-1], last=steps[-1])


def gradebook_screen(request, template, edition, *, title, steps=(), icon="list-ol", form=None, **context):
    """One screen of an edition's gradebook."""
    user = request.user
    return screen(
        request,
        f"gradebook/staff/{template}",
        title=title,
        icon=icon,
        trail=trail(user, edition, *steps),
        form=form,
        edition=edition,
        may_release=access.can_release(user, edition),
        may_set_up=access.can_set_up(user, edition),
        **context,
    )
