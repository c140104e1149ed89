"""What stands in a quiz beside single questions: draws and sections; and the order of all."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from assessments.authoring.desk import tree_choices
from assessments.authoring.fields import PlainField
from assessments.models import Difficulty, ItemKind, QuestionCategory, QuizItem


def points_field(**kwargs):
    """What one question is worth."""
    return forms.DecimalField(
        label=_("Points"), min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs
    )


class DrawForm(forms.Form):
    """Random questions: from where, and how many."""

    draw_bank = forms.ModelChoiceField(label=_("Bank"), queryset=None, empty_label=None)
    draw_category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=None,
        required=False,
        help_text=_("With all categories inside it."),
    )
    draw_tag = forms.ModelChoiceField(label=_("Tag"), queryset=None, required=False, empty_label=_("Any"))
    draw_difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[("", _("Any")), *Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    draw_count = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1)
    points = points_field(initial=1, help_text=_("For each of them."))

    def __init__(self, *args, banks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["draw_bank"].queryset = banks
        self.fields["draw_category"].queryset = QuestionCategory.objects.filter(bank__in=banks)
        self.fields["draw_category"].choices = grouped(banks)
        self.fields["draw_tag"].queryset = (
            Tag.objects.filter(question__bank__in=banks).distinct().order_by("name")
        )

    def clean(self):
        """The category must be one of the bank."""
        data = super().clean()
        bank, category = data.get("draw_bank"), data.get("draw_category")
        if bank and category and category.bank_id != bank.pk:
            self.add_error(
                "draw_category", _("This category belongs to another bank. Choose one of the bank.")
            )
        return data

    @property
    def item(self) -> QuizItem:
        """The draw."""
        return QuizItem(kind=ItemKind.DRAW, **self.cleaned_data)


def grouped(banks) -> list:
    """Categories under the names of their banks. Two queries."""
    by_bank = {}
    for category in QuestionCategory.objects.filter(bank__in=banks):
        by_bank.setdefault(category.bank_id, []).append(category)
    return [("", _("Any"))] + [
        (bank.name, tree_choices(by_bank[bank.pk], "")[1:]) for bank in banks if bank.pk in by_bank
    ]


class SectionForm(forms.Form):
    """The head of a section, in the language of the course."""

    title = PlainField(label=_("Title"), max_length=150)
    instructions = PlainField(label=_("Instructions"), max_length=2000, rows=3, required=False)
    shuffle = forms.BooleanField(label=_("Shuffle the questions of this section"), required=False)


class ArrangeForm(forms.Form):
    """A number and points for every place of the quiz."""

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = range(len(items))
        for place, item in enumerate(items):
            self.fields[f"order-{place}"] = forms.IntegerField(
                label=_("Place"), min_value=1, max_value=999, required=False, initial=place + 1
            )
            self.fields[f"points-{place}"] = points_field(
                required=False, initial=f"{item.points.normalize():f}"
            )
        self.items = items

    def rows(self, move: str = "") -> list[tuple[int, Decimal]]:
        """Places as they were, in their new order, with points. `move` is "up-3", "down-3" or "out-3"."""
        data = self.cleaned_data
        order = sorted(self.places, key=lambda place: (self.number(place), place))
        way, _dash, chosen = move.partition("-")
        if chosen.isdecimal() and int(chosen) in self.places:
            moved(order, way, int(chosen))
        points = {place: data[f"points-{place}"] for place in self.places}
        return [
            (place, self.items[place].points if points[place] is None else points[place]) for place in order
        ]

    def number(self, place: int) -> float:
        """Where a place goes: the number typed; a number that was raised goes behind what stands there."""
        typed = self.cleaned_data[f"order-{place}"]
        if typed is None or typed == place + 1:
            return place + 1
        return typed + 0.5 if typed > place + 1 else typed - 0.5


def moved(order: list[int], way: str, place: int) -> None:
    """Move one place up or down, or take it out; at the end it stays where it is."""
    here = order.index(place)
    if way == "out":
        order.pop(here)
        return
    there = here + (-1 if way == "up" else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
