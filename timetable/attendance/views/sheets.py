"""A sheet to sign on paper, and entering afterwards who did not."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from timetable.attendance import access
from timetable.attendance.forms import SheetForm
from timetable.attendance.registers import register_of
from timetable.attendance.views.registers import register_page


@login_required
@never_cache
def sheet(request, key):
    """Everybody expected with room for signatures, to be printed."""
    session = access.get_register_or_404(request.user, key)
    context = {"session": session, "register": register_of(session)}
    return render(request, "timetable/attendance/sheet.html", context)


@login_required
@never_cache
def enter_sheet(request, key):
    """The numbers of those who did not sign become a register to look over; saving it is the register's own matter."""
    session = access.get_register_or_404(request.user, key)
    register = register_of(session)
    form = SheetForm(request.GET or None, register=register)
    if form.is_bound and form.is_valid():
        register = register_of(session, typed=form.marks)
    return register_page(
        request, session, register, sheet=form, said=_("Look it over and save.") if form.marks else ""
    )
