"""Who knocks at the CMS without a staff role."""

import pytest
from django.urls import reverse

from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def test_a_learner_at_the_cms_is_told_that_it_is_for_staff(client):
    client.force_login(make_person())

    response = client.get("/cms/", follow=True)

    assert response.status_code == 403


def test_a_stranger_at_the_cms_signs_in_first_and_comes_back(client):
    response = client.get("/cms/", follow=True)

    where, _status = response.redirect_chain[-1]
    assert where.startswith(reverse("account_login"))
    assert "next=%2Fcms%2F" in where or "next=/cms/" in where
