"""Staff write papers: with a preview, refusals that name the fields there are, and nobody else."""

import pytest
from django.urls import reverse

from certificates.models import AwardType, PaperTemplate, Purpose
from tests.factories.accounts import make_staff
from tests.factories.certificates import make_paper_template, make_signatory

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(registrar):
    return make_paper_template("visa", by=registrar, name="Visa letter")


def sent(template, **changes):
    """The form as it stands, with changes."""
    said = {
        "name": "Visa letter",
        "number_prefix": "UNI",
        "signatory": template.award_type.signatory_id or "",
    }
    for wording in template.wordings.all():
        called = template.award_type.wordings.get(language=wording.language).title
        said |= {
            f"{wording.language}-called": called,
            f"{wording.language}-subject": wording.subject,
            f"{wording.language}-body": wording.body,
        }
    return said | changes


def test_a_registrar_adds_a_paper_and_finds_it_in_the_list(client, registrar):
    client.force_login(registrar)
    signatory = make_signatory()

    added = client.post(
        reverse("papers:add"),
        {"purpose": "admission", "name": "Admission", "signatory": signatory.pk, "number_prefix": "ADM"},
    )

    template = PaperTemplate.objects.get()
    assert added.url == reverse("papers:edit", args=[template.pk])
    assert template.purpose == Purpose.ADMISSION
    assert template.wordings.count() == 6
    page = client.get(reverse("papers:index")).content.decode()
    assert "Admission" in page
    assert "Ready" in page


def test_two_papers_never_have_one_name(client, registrar, template):
    client.force_login(registrar)

    answer = client.post(
        reverse("papers:add"),
        {"purpose": "visa", "name": "Visa letter", "signatory": "", "number_prefix": "UNI"},
    )

    assert answer.status_code == 422
    assert AwardType.objects.count() == 1


def test_changed_words_are_kept_and_a_language_can_be_taken_away(client, registrar, template):
    client.force_login(registrar)
    data = sent(template, **{"en-body": "About {name}.", "ru-called": "", "ru-subject": "", "ru-body": ""})

    answer = client.post(reverse("papers:edit", args=[template.pk]), data)

    assert answer.status_code == 302
    words = {one.language: one.body for one in template.wordings.all()}
    assert words["en"] == "About {name}."
    assert "ru" not in words


def test_a_field_that_does_not_exist_comes_back_with_what_was_typed_and_those_that_do(
    client, registrar, template
):
    client.force_login(registrar)
    data = sent(template, **{"en-body": "Passport {pasport} of {name}"})

    answer = client.post(reverse("papers:edit", args=[template.pk]), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Passport {pasport} of {name}" in page
    assert "There is no field {pasport}" in page
    assert "{passport_number}" in page
    template.refresh_from_db()
    assert "pasport}" not in template.wordings.get(language="en").body


def test_a_language_half_written_is_refused(client, registrar, template):
    client.force_login(registrar)

    answer = client.post(reverse("papers:edit", args=[template.pk]), sent(template, **{"es-body": ""}))

    assert answer.status_code == 422
    assert "empty all fields of this language" in answer.content.decode()


def test_the_preview_draws_what_is_in_the_forms(client, registrar, template):
    client.force_login(registrar)
    data = sent(template, language="fr")

    pdf = client.post(reverse("papers:preview", args=[template.pk]), data)
    told = client.post(
        reverse("papers:preview", args=[template.pk]), data, headers={"Accept": "application/json"}
    ).json()
    kept = client.get(told["url"])

    assert pdf.content.startswith(b"%PDF")
    assert kept.content.startswith(b"%PDF")


@pytest.mark.parametrize("body", ["About {nothing}", "", "🦄 {name}"])
def test_the_preview_says_what_cannot_be_drawn(client, registrar, template, body):
    client.force_login(registrar)
    data = sent(template, language="en", **{"en-body": body})

    answer = client.post(
        reverse("papers:preview", args=[template.pk]), data, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_a_paper_is_retired_with_a_reason_and_reinstated(client, registrar, template):
    client.force_login(registrar)
    address = reverse("papers:standing", args=[template.pk])

    client.post(address, {"reason": "New letterhead"})
    assert not PaperTemplate.objects.in_use().exists()
    client.post(address, {"reason": "It is still needed"})
    assert PaperTemplate.objects.serving("visa").get() == template


def test_authors_look_at_the_list_and_change_nothing(client, template):
    client.force_login(make_staff("author"))

    assert "Visa letter" in client.get(reverse("papers:index")).content.decode()
    assert client.get(reverse("papers:edit", args=[template.pk]), follow=True).status_code == 404
    assert client.get(reverse("papers:add"), follow=True).status_code == 404
    client.post(reverse("papers:standing", args=[template.pk]), {"reason": "I would like to"})
    assert PaperTemplate.objects.in_use().exists()


def test_anonymous_visitors_are_asked_to_sign_in(client, template):
    for address in (reverse("papers:index"), reverse("papers:edit", args=[template.pk])):
        assert "/login/" in client.get(address, follow=True).redirect_chain[-1][0]


def test_the_list_asks_as_often_with_twelve_as_with_two(client, registrar, django_assert_max_num_queries):
    client.force_login(registrar)
    counts = []
    for more in (2, 10):
        for _each in range(more):
            make_paper_template("other", by=registrar)
        with django_assert_max_num_queries(60) as seen:
            client.get(reverse("papers:index"))
        counts.append(len(seen))

    assert counts[0] == counts[1]
