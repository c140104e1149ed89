"""How every form of the site is drawn."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Django's forms in our own markup. Wagtail's screens draw their fields themselves."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
