"""The student's one place."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from programmes import access
from programmes.studying.place import place_of


@login_required
def place(request, code):
    """Where I am, what is due, how I stand."""
    student = access.get_student_or_404(request.user, code)
    return render(request, "programmes/place.html", {"student": student, "place": place_of(student)})
