"""Papers: written by staff, issued once, frozen, signed, verified, telling strangers nothing secret."""

import hashlib
import io
import json

import pypdf
import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certificates import services as awards
from certificates.erasure.services import erase
from certificates.models import Award, NumberSeries, OccasionKind, Purpose
from certificates.paper.documents.content import Heading, KeyValues, Notes, Paragraph, Rule, Run
from certificates.paper.validation import problems
from certificates.papers import services
from certificates.papers.composing import Filling, Written
from certificates.papers.markup import FieldsMissing, blocks_of, text_problems
from certificates.papers.samples import drawn, sample_document, sample_signatory
from certificates.papers.services import TemplateRefused, Words, issue_paper
from certificates.papers.shipped import shipped_words
from certificates.services import AwardRefused
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.sealing import seal
from certificates.storing import read
from foundation.audit.models import Entry
from tests.certificates.test_paper import needs_chinese_font
from tests.certificates.transcripts import SAID, results
from tests.factories.certificates import make_occasion, make_paper_template, make_signatory

pytestmark = pytest.mark.django_db
PASSPORT = "P1234567X"
LANGUAGES = [
    pytest.param(code, marks=needs_chinese_font if code == "zh-hans" else ())
    for code, _label in settings.LANGUAGES
]


@pytest.fixture
def occasion(learner):
    titles = {"en": "LL.M. in Transnational Crime and Justice", "fr": "LL.M. en criminalité transnationale"}
    return make_occasion(learner, kind=OccasionKind.PAPER, titles=titles)


def visa(**fields):
    said = {
        "programme": "LL.M. in Transnational Crime and Justice",
        "nationality": "Senegal",
        "passport_number": PASSPORT,
        "place": "Turin",
        "starts_on": "11 January 2027",
        "ends_on": "26 June 2027",
    }
    return Filling("Amina Diallo", said | fields, place="Turin", addressee="Embassy of Italy\nDakar")


def text_of(award):
    return " ".join(
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(read(award))).pages
    )


@pytest.fixture
def issued(occasion, registrar, committed):
    """A letter for a visa, drawn and stored."""
    template = make_paper_template("visa", by=registrar)
    with committed():
        award = issue_paper(occasion, template, visa(), language="en", by=registrar, reason="Asked for")
    award.refresh_from_db()
    return award


def test_a_paper_is_numbered_drawn_signed_archival_stored_and_told(issued, learner):
    pdf = read(issued)

    assert issued.number.startswith("UNI-")
    assert check_paper(pdf, seal().certificates[:1]).outcome is Outcome.WHOLE
    assert problems(pdf) == []
    for words in (
        "Amina Diallo",
        PASSPORT,
        issued.number,
        "Embassy of Italy",
        "Leif Villadsen",
        "Page 1 of 1",
    ):
        assert words in text_of(issued)
    assert [message.to for message in mail.outbox] == [[learner.email]]
    assert "Letter in support of a visa application" in mail.outbox[0].body


def test_it_is_no_badge_and_never_offered_to_linkedin(issued, learner, client):
    client.force_login(learner)

    page = client.get(reverse("certificates:my_awards")).content.decode()

    assert issued.badge == ""
    assert issued.number in page
    assert "linkedin" not in page


def test_its_holder_reads_the_whole_transcript_as_a_page(occasion, registrar, committed, learner, client):
    template, said = make_paper_template("transcript", by=registrar), SAID["ar"]
    blocks = {
        "facts": (KeyValues(said.person),),
        "results": (results(said),),
        "legend": (Notes(said.legend),),
    }
    filling = Filling("Amina Diallo", {"programme": said.subtitle}, blocks)
    with committed():
        award = issue_paper(occasion, template, filling, language="ar", by=registrar, reason="Board")
    client.force_login(learner)

    page = client.get(reverse("certificates:award", args=[award.code]), follow=True).content.decode()

    for words in (
        'dir="rtl"',
        "كشف الدرجات",
        *said.modules,
        *said.heads,
        *said.phases,
        said.legend[2][1],
        award.number,
    ):
        assert words in page
    assert page.count('scope="rowgroup"') == 3


def test_erasing_a_letter_destroys_what_it_said(issued, registrar, committed, client):
    with committed():
        erase(issued, by=registrar, reason="Asked by the person")
    issued.refresh_from_db()

    page = client.get(reverse("certificates:verify", args=[issued.code]), follow=True).content.decode()

    assert PASSPORT not in json.dumps(issued.snapshot)
    assert "Diallo" not in json.dumps(issued.snapshot)
    assert not issued.file
    assert "Letter in support of a visa application" in page
    assert "This paper is" in page


def test_strangers_see_what_paper_it_is_and_nothing_secret(issued, client):
    page = client.get(reverse("certificates:verify", args=[issued.code]), follow=True).content.decode()
    facts = client.get(reverse("verify_json", args=[issued.code])).content.decode()

    assert "Letter in support of a visa application" in page
    assert "This paper is" in page
    assert "Amina Diallo" in page
    for secret in (PASSPORT, "Senegal", "Embassy of Italy"):
        assert secret not in page
        assert secret not in facts
        assert secret not in mail.outbox[0].body


def test_the_file_can_be_checked_like_every_other(issued, client):
    file = io.BytesIO(read(issued))
    file.name = "letter.pdf"

    page = client.post(reverse("certificates:verify_file"), {"file": file}).content.decode()

    assert "Letter in support of a visa application" in page
    assert "Valid" in page


def test_asking_again_gives_the_same_paper_whatever_has_become_of_its_template(issued, occasion, registrar):
    template = issued.award_type.paper_template
    words = {"en": Words("Other name", "Other words for {name}.")}
    services.change_template(
        template, by=registrar, name="New", signatory=make_signatory(), number_prefix="ABC", words=words
    )

    again = issue_paper(
        occasion, template, visa(passport_number=""), language="en", by=registrar, reason="Twice"
    )

    assert again == issued
    assert hashlib.sha256(read(again)).hexdigest() == issued.sha256


def test_a_paper_asked_for_anew_replaces_the_one_that_was_wrong(issued, occasion, registrar):
    template = issued.award_type.paper_template
    same = issue_paper(occasion, template, visa(), language="en", by=registrar, reason="Click", anew=True)
    newer = issue_paper(
        occasion, template, visa(passport_number="P7"), language="en", by=registrar, reason="Wrong", anew=True
    )

    issued.refresh_from_db()
    assert same == issued
    assert newer.supersedes == issued
    assert issued.superseded_at


@pytest.mark.parametrize(
    ("language", "anew", "void", "certificate"),
    [
        ("en", "has been issued anew", "has been revoked", "certificate"),
        ("fr", "de nouveau délivré", "a été révoqué", "certificat"),
        ("es", "se ha expedido de nuevo", "ha sido revocado", "certificado"),
        ("ru", "выдан заново", "аннулирован", "сертификат"),
        ("zh-hans", "重新颁发", "已被撤销", "证书"),
        ("ar", "من جديد", "ألغيت", "شهادة"),
    ],
)
def test_a_letter_that_is_replaced_or_revoked_is_not_called_a_certificate(
    language, anew, void, certificate, issued, occasion, registrar, committed, learner
):
    learner.language = language
    learner.save(update_fields=["language"])
    template, mine = issued.award_type.paper_template, visa(passport_number="P7")
    with committed():
        newer = issue_paper(occasion, template, mine, language="en", by=registrar, reason="Wrong", anew=True)
    with committed():
        awards.revoke(newer, by=registrar, reason="By mistake")

    told = mail.outbox[-2:]
    assert anew in told[0].body and issued.number in told[0].body
    assert void in told[1].body and "By mistake" in told[1].body
    for message in told:
        ours = message.body.replace("learn/certificates", "").replace("/certificates/", "")
        assert certificate not in (message.subject + ours).lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose.values)
def test_the_words_we_ship_can_be_printed_in_every_language(purpose, language):
    said = shipped_words(purpose)[language]

    assert services.template_problems(purpose, {language: Words(**said)}) == []
    written = Written(
        purpose, language, said["called"], said["subject"], said["body"], (sample_signatory(language),)
    )
    assert problems(drawn(sample_document(written))) == []


def test_a_transcript_has_its_table_its_legend_and_its_degree(occasion, registrar, committed):
    template = make_paper_template("transcript", by=registrar)
    said = SAID["fr"]
    filling = Filling(
        "Amina Diallo",
        {"programme": "LL.M.", "average": "87", "class": "Très bien"},
        {
            "facts": (KeyValues(said.person, 2),),
            "results": (results(said),),
            "legend": (Notes(said.legend, 2),),
        },
    )

    with committed():
        award = issue_paper(occasion, template, filling, language="fr", by=registrar, reason="Board")
    award.refresh_from_db()

    text = text_of(award)
    assert award.stored_at, award.drawing_problem
    for words in ("Relevé de notes", "Résultats", "Très bien", *said.modules[:2], said.legend[0][1]):
        assert words in text
    assert "Assiduité" not in text


def test_something_that_is_asked_for_and_not_known_is_refused_by_its_name(occasion, registrar):
    template = make_paper_template("visa", by=registrar)

    with pytest.raises(AwardRefused, match=r"not known: \{passport_number\}"):
        issue_paper(occasion, template, visa(passport_number=""), language="en", by=registrar, reason="Asked")
    assert not Award.objects.exists()
    assert not NumberSeries.objects.exists()


def test_a_character_that_cannot_be_printed_takes_no_number(occasion, registrar):
    template = make_paper_template("visa", by=registrar)

    with pytest.raises(AwardRefused, match="UNICORN FACE"):
        issue_paper(occasion, template, visa(place="Turin 🦄"), language="en", by=registrar, reason="Asked")
    assert not NumberSeries.objects.exists()


def test_a_template_without_a_signatory_or_without_the_language_is_refused(occasion, registrar):
    unsigned = make_paper_template("visa", by=registrar, signatory=None)
    french = {"fr": Words(**shipped_words("visa")["fr"])}
    only_french = make_paper_template("visa", by=registrar, words=french)

    with pytest.raises(AwardRefused, match="no signatory"):
        issue_paper(occasion, unsigned, visa(), language="en", by=registrar, reason="Asked")
    with pytest.raises(AwardRefused, match="neither in the language"):
        issue_paper(occasion, only_french, visa(), language="ar", by=registrar, reason="Asked")


def test_a_language_it_is_not_written_in_gives_english(occasion, registrar):
    english = {"en": Words(**shipped_words("visa")["en"])}
    template = make_paper_template("visa", by=registrar, words=english)

    award = issue_paper(occasion, template, visa(), language="ar", by=registrar, reason="Asked")

    assert award.snapshot["languages"] == ["en"]


def test_a_field_that_does_not_exist_is_refused_with_those_that_do(registrar):
    words = {"en": Words("Letter", "Dear {name}, your passport is {pasport_number}.")}

    with pytest.raises(TemplateRefused) as refused:
        services.add_template(Purpose.VISA, "Visa", by=registrar, words=words)
    assert "{pasport_number}" in str(refused.value)
    assert "{passport_number}" in str(refused.value)


def test_changing_a_template_is_recorded(registrar):
    template = make_paper_template("other", by=registrar)

    services.change_template(
        template, by=registrar, name="New name", signatory=None, number_prefix="UNI",
        words={"en": Words("Statement", "About {name}.")},
    )  # fmt: skip

    entry = Entry.objects.about(template).get(action="certificates.change_paper")
    assert entry.after["words"] == {"en": ["", "About {name}."]}
    assert [one.language for one in template.wordings.all()] == ["en"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("About {name", "brace is left over"),
        ("The {results} of {name}", "line of its own"),
        ("{results}\n\n{results}", "line of its own"),
    ],
)
def test_words_that_cannot_be_printed_are_refused_with_a_sentence(text, said):
    found = text_problems(text, {"name": ""}, ("results",))

    assert len(found) == 1
    assert said in found[0]


def test_markup_makes_headings_points_rules_and_runs():
    text = "# One\n\nDear **{name}**, *yes*\n\n- first\n- second\n\n---\n\n## Nothing below"

    made = blocks_of(text, {"name": "A*na*"}, {})

    assert made == (
        Heading("One", 1),
        Paragraph((Run("Dear "), Run("A*na*", bold=True), Run(", "), Run("yes", italic=True))),
        Notes((("•", "first"), ("•", "second")), small=False),
        Rule(),
    )


def test_a_paragraph_of_which_nothing_is_known_is_left_out_and_one_half_known_is_refused():
    values = {"name": "Ana", "fees": ""}

    assert blocks_of("Dear {name},\n\nFees: {fees}", values, {}) == (Paragraph("Dear Ana,"),)
    with pytest.raises(FieldsMissing, match="fees"):
        blocks_of("{name} pays {fees}", values, {})


@given(st.text("ab*{}#-\n name", max_size=60))
def test_whatever_staff_type_is_refused_or_becomes_blocks(text):
    if not text_problems(text, {"name": ""}):
        assert isinstance(blocks_of(text, {"name": "Ana"}, {}), tuple)
