"""What still points at a row of ours, in whatever app: what is in use cannot be deleted."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def deletion_refusal(instance: models.Model) -> str | None:
    """Why this row cannot be deleted, in a sentence, or None if it can."""
    user = user_of(instance)
    if user is None:
        return None
    return _("“%(name)s” is in use (%(users)s) and cannot be deleted.") % {
        "name": instance,
        "users": capfirst(user._meta.verbose_name_plural),
    }


def user_of(instance: models.Model) -> type[models.Model] | None:
    """The first model found with a row that points at this one, or at a part that would be deleted with it."""
    for relation in relations_to(instance):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: instance})
        if relation.on_delete is not models.CASCADE:
            users = [relation.related_model] if rows.exists() else []
        else:
            users = [user for part in rows if (user := user_of(part))]
        if users:
            return users[0]
    return None


def relations_to(instance: models.Model) -> list:
    """Foreign keys and many-to-many fields that point at the model, without the tables between."""
    fields = instance._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if field.auto_created and not field.concrete and field.is_relation]
    return [
        relation
        for relation in relations
        if relation.related_model and not relation.related_model._meta.auto_created
    ]
