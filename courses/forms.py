"""The forms of the course screens. They check shape; services check rules."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.models import Locale

from accounts.models import Role, User
from courses.access import authored_courses
from courses.models import CoursePage, CourseRole


class SubmitForm(forms.Form):
    """What the reviewer should know, and in which language."""

    summary = forms.CharField(
        label=_("What changed, and why"),
        help_text=_("Two or three sentences for the reviewer."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    locale = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.none(),
        required=False,
        empty_label=_("All languages with changes"),
    )

    def __init__(self, *args, locales=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locale"].queryset = Locale.objects.filter(pk__in=[locale.pk for locale in locales])
        if len(locales) < 2:
            del self.fields["locale"]


class ApproveForm(forms.Form):
    """Now, or at a set time."""

    comment = forms.CharField(
        label=_("Comment for the author"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=4000,
    )
    go_live_at = forms.DateTimeField(
        label=_("Publish at"),
        help_text=_("Leave empty to publish now."),
        required=False,
        widget=AdminDateTimeInput(),
    )

    def clean_go_live_at(self):
        """A time that has passed is a slip."""
        moment = self.cleaned_data["go_live_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(
                _("This time has passed. Choose a later one, or leave it empty to publish now.")
            )
        return moment


class ReturnForm(forms.Form):
    """What should change."""

    comment = forms.CharField(
        label=_("What should change"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


class CommentForm(forms.Form):
    """Something to say."""

    text = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RoleForm(forms.ModelForm):
    """Gives somebody a role on a course."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("Kept in the audit log."))
    role = forms.ChoiceField(label=_("Role"))

    offered = (Role.AUTHOR, Role.REVIEWER, Role.TRANSLATOR, Role.COORDINATOR)

    class Meta:
        model = CourseRole
        fields = ("email", "role", "ends_on", "reason")
        widgets = {"ends_on": AdminDateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in self.offered]

    def clean_email(self):
        """Find the person."""
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this address. Ask the person to register first."))
        self.instance.person = person
        return self.cleaned_data["email"]


class EndRoleForm(forms.Form):
    """Ends a role."""

    reason = forms.CharField(label=_("Reason"), max_length=250)


class PublishForm(forms.Form):
    """Publishes without a review."""

    reason = forms.CharField(
        label=_("Why without a review"), max_length=250, help_text=_("Kept in the audit log."), required=True
    )


class BeginActivityForm(forms.Form):
    """A new activity of one kind: its title and its course. The screen of its kind fills it."""

    title = forms.CharField(label=_("Title"), max_length=150)
    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none(), empty_label=None)

    def __init__(self, *args, user, title_help, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = title_help
        self.fields["course"].queryset = authored_courses(user)
