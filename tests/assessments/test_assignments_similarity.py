"""What two submissions share: found by words, shown by passages, never between drafts or a person's own papers."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.assignments import services
from assessments.assignments.extraction import words_of_file
from assessments.assignments.similarity import compare, passages, read_words, sequences, shared
from assessments.models import Similarity
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    make_assignment,
    make_draft,
    make_submission,
    open_document,
    package,
    pdf_file,
    text_file,
    word_file,
)

LONG = (
    "The court may order the freezing of property where there are reasonable grounds to believe that it is the "
    "proceeds of an offence. The order is limited in time and may be challenged by anybody with an interest. "
    "It has to be proportionate, and the needs of dependants have to be taken into account by the judge."
)
OTHER = (
    "Witnesses are heard one after the other and nobody who has yet to testify may listen. A protocol of what was "
    "said is kept by the registrar and signed at the end of the day by everybody who took part in the hearing held."
)


@pytest.mark.django_db
class TestComparing:
    def test_a_copied_text_is_found(self):
        assignment = make_assignment()
        first, second = (make_submission(assignment, text=LONG) for _copy in range(2))

        for submission in (first, second):
            compare(submission)

        found = Similarity.objects.get()
        assert (found.first, found.second, found.share) == (first, second, Decimal(1))

    def test_comparing_again_changes_nothing(self):
        assignment = make_assignment()
        submissions = [make_submission(assignment, text=LONG) for _copy in range(2)]

        for submission in submissions * 2:
            compare(submission)

        assert Similarity.objects.count() == 1

    def test_texts_of_one_s_own_are_not_compared(self):
        first = make_submission(make_assignment(), text=LONG)
        enrolment = first.members.get().attempt.enrolment
        until = timezone.now() + datetime.timedelta(days=1)
        draft = services.reopen(first, until=until, by=make_staff(), reason="Revise")
        again = services.hand_in(draft, enrolment).submission

        for submission in (first, again):
            compare(submission)

        assert not Similarity.objects.exists()

    def test_different_texts_and_drafts_are_not_noted(self):
        assignment = make_assignment()
        first = make_submission(assignment, text=LONG)
        second = make_submission(assignment, text=OTHER)
        make_draft(assignment, text=LONG)

        for submission in (first, second):
            compare(submission)

        assert not Similarity.objects.exists()

    def test_quoting_the_instructions_is_no_copying(self):
        assignment = make_assignment(published=False)
        assignment.texts.update(instructions=f"<p>{LONG}</p>")
        assignment.live = True
        assignment.save()
        from assessments.assignments.publishing import freeze_assignment

        freeze_assignment(assignment)
        submissions = [make_submission(assignment, text=LONG) for _copy in range(2)]

        for submission in submissions:
            compare(submission)

        assert not Similarity.objects.exists()

    def test_where_it_is_switched_off_nothing_is_compared(self):
        assignment = make_assignment(compares=False)
        submissions = [make_submission(assignment, text=LONG) for _copy in range(2)]

        for submission in submissions:
            compare(submission)

        assert not Similarity.objects.exists()

    def test_words_of_files_are_compared_where_they_can_be_read(self):
        files = [word_file(LONG), open_document(OTHER), text_file(content="Plain."), pdf_file()]
        submission = make_submission(make_assignment(max_files=4), text="", files=files)

        words = read_words(submission)

        assert words.text == f"{LONG}\n{OTHER}\nPlain."
        assert words.not_read == ["order.pdf"]

    def test_a_document_that_would_swell_is_read_as_nothing(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
        file = package({"[Content_Types].xml": "<Types/>", "word/document.xml": bomb}, "bomb.docx")
        submission = make_submission(make_assignment(), text="", files=[file])

        assert read_words(submission).not_read == ["bomb.docx"]


def test_paragraphs_within_paragraphs_are_read_once_however_deep_they_stand():
    deep = 3000
    nested = "x<w:p>" * deep + "end" + "</w:p>y" * deep

    words = words_of_file(word_file(f"Before</w:t>{nested}<w:t>after"), "docx")

    assert words.splitlines() == ["Beforex", *["x"] * (deep - 1), "end", *["y"] * (deep - 1), "yafter"]


def test_a_lightly_changed_sentence_is_shown_beside_its_source():
    changed = (
        OTHER.split(". ")[0]
        + ". "
        + LONG.split(". ")[1].replace("limited in time", "limited in TIME and space")
    )

    [passage] = passages(changed, LONG)

    assert passage.there.startswith("The order is limited in time")
    assert 82 <= passage.likeness < 100


def test_capitals_accents_and_marks_make_no_difference():
    assert sequences("Où l’élève, ÉCRIT à Zoë hier") == sequences("ou l'eleve ecrit a zoe hier")


@given(st.lists(st.sampled_from("abcdefgh"), min_size=25, max_size=60))
def test_a_text_shares_everything_with_itself_and_order_of_the_two_is_irrelevant(words):
    text = sequences(" ".join(words))
    other = sequences(" ".join(reversed(words)))

    assert shared(text, text) == (1 if len(text) >= 15 else 0)
    assert shared(text, other) == shared(other, text)
    assert 0 <= shared(text, other) <= 1
