"""People for the foundation's tests, and the real queue."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django_tasks import task_backends


@pytest.fixture
def make_person(db):
    """Create people; only the address must differ."""

    def make(email="amina@example.org", first_name="Amina", last_name="Diallo", **fields):
        return get_user_model().objects.create_user(
            email=email, first_name=first_name, last_name=last_name, **fields
        )

    return make


@pytest.fixture
def person(make_person):
    return make_person()


@pytest.fixture
def staff_client(client, make_person):
    """Sign in somebody who may enter the CMS and has the permissions asked for."""

    def sign_in(*permissions):
        member = make_person(email="registrar@example.org", first_name="Rosa", last_name="Registrar")
        for name in ["wagtailadmin.access_admin", *permissions]:
            app, codename = name.split(".")
            member.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        client.force_login(member)
        client.member = member
        return client

    return sign_in


@pytest.fixture
def database_queue(settings, db):
    """Queue tasks in the database, as the site does, instead of running them at once."""
    before = settings.TASKS
    use_queue(settings, {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
    yield
    use_queue(settings, before)


def use_queue(settings, tasks):
    settings.TASKS = tasks
    task_backends.settings = task_backends.configure_settings(tasks)
    for alias in tasks:
        if hasattr(task_backends._connections, alias):
            delattr(task_backends._connections, alias)
