"""Panels of the course editor that stock ones cannot express. Knows fields by name only: models are above."""

from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel


class CurrentOrChosenPanel(FieldPanel):
    """Offers the rows in force today and those the page already has, so that an old course keeps its old framework."""

    def __init__(self, field_name, *, label=str, **kwargs):
        super().__init__(field_name, widget=kwargs.pop("widget", CheckboxSelectMultiple), **kwargs)
        self.row_label = label

    def clone_kwargs(self):
        """Keep the label function when Wagtail copies the panel."""
        return super().clone_kwargs() | {"label": self.row_label}

    class BoundPanel(FieldPanel.BoundPanel):
        """Narrows the choices once the page is known."""

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.bound_field is None:
                return
            field = self.bound_field.field
            model = field.queryset.model
            chosen = [row.pk for row in getattr(self.instance, self.field_name).all()]
            in_force = model.objects.current().values("pk")
            field.label_from_instance = self.panel.row_label
            field.queryset = model.objects.in_order().filter(Q(pk__in=in_force) | Q(pk__in=chosen))


def priority_label(priority):
    """A priority with the framework it belongs to."""
    return f"{priority.framework} · {priority.numbered_label}"


def result_label(result):
    """An expected result with its framework and both its numbers."""
    return f"{result.priority.framework} · {result.priority.number}.{result.number} {result}"
