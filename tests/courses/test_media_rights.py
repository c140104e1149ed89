"""Who adds pictures and files: whoever writes a course."""

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from accounts.models import Role
from tests.factories.accounts import make_staff
from tests.factories.courses import give_course_role, make_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.AUTHOR, True), (Role.TRANSLATOR, True), (Role.ADMINISTRATOR, True), (Role.TUTOR, False)],
)
def test_those_who_write_add_and_choose_pictures_and_files(model, role, may):
    person, policy = make_staff(role), policy_registry.get_by_type(model)

    assert policy.user_has_permission(person, "add") is may
    assert policy.user_has_permission(person, "choose") is may
    assert policy.collections_user_has_permission_for(person, "add").exists() is may


def test_the_author_of_one_course_uploads_a_picture(client):
    author = make_staff()
    give_course_role(author, make_course(), Role.AUTHOR)
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(reverse("wagtailimages:add")).status_code == 200
    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200


def test_a_coordinator_does_not(client):
    client.force_login(
        make_staff(Role.COORDINATOR), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    assert client.get(reverse("wagtailimages:add")).status_code == 302
