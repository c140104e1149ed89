"""The designer: staff rearrange a draft, look at it, publish it, pass it on; awards already issued never change."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role
from certificates import services as issuing
from certificates.designs import services
from certificates.designs.exchange import ImportRefused, exported, imported
from certificates.designs.forms import DesignerForms
from certificates.designs.previews import as_picture, longest_name, preview
from certificates.designs.trials import publish_problems
from certificates.models import Award, Design, DesignVersion, Mark, Picture, Signatory
from certificates.paper.design import read
from certificates.paper.pictures import NotAPicture
from certificates.printing import draw_award
from foundation.audit.models import Entry
from tests.certificates.test_designs import picture
from tests.certificates.test_paper import text_of
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type, make_signatory
from tests.factories.portfolio import make_partner

pytestmark = pytest.mark.django_db

DESIGNS = "/cms/certificates/designs/"


@pytest.fixture
def design():
    return Design.objects.get(shipped_as="completion")


@pytest.fixture
def at_desk(client, registrar):
    client.force_login(registrar)
    return client


def form_of(design, **changes):
    """What the browser sends when nothing but these fields was changed."""
    shown = DesignerForms(design.draft)
    data = {"kind": [element.kind for element in shown.elements]}
    for form in (shown.page, *shown.elements):
        for field in form:
            value = field.value()
            if field.name != "picture":
                data[field.html_name] = "" if value is None else value
    return data | changes


def refuses(client, path, data=None):
    response = client.get(path, follow=True) if data is None else client.post(path, data, follow=True)
    return response.status_code == 404


def draft_of(design):
    return Design.objects.get(pk=design.pk).draft


def changed(design, number=3, **values):
    """The draft with one element changed."""
    draft = json.loads(json.dumps(design.draft))
    draft["elements"][number] |= values
    return draft


# Editing


def test_saving_what_is_shown_changes_nothing(at_desk, design):
    response = at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design))

    assert response.status_code == 302
    assert draft_of(design) == design.draft
    assert not Entry.objects.about(design).exists()


def test_a_changed_number_is_kept_and_recorded(at_desk, design, registrar):
    at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, **{"e3-size": "18.5"}))

    assert draft_of(design)["elements"][3]["size"] == 18.5
    assert Entry.objects.about(design).get().actor == registrar


@pytest.mark.parametrize(
    ("step", "kinds"),
    [
        ("up:4", lambda kinds: [*kinds[:3], kinds[4], kinds[3], *kinds[5:]]),
        ("down:4", lambda kinds: [*kinds[:4], kinds[5], kinds[4], *kinds[6:]]),
        ("remove:4", lambda kinds: [*kinds[:4], *kinds[5:]]),
        ("copy:4", lambda kinds: [*kinds[:5], *kinds[4:]]),
        ("add:image", lambda kinds: [*kinds, "image"]),
        ("up:0", lambda kinds: kinds),
        ("down:13", lambda kinds: kinds),
        ("add:video", lambda kinds: kinds),
        ("remove:99", lambda kinds: kinds),
        ("dance", lambda kinds: kinds),
    ],
)
def test_elements_are_moved_copied_added_and_removed_without_a_mouse(at_desk, design, step, kinds):
    before = [element["kind"] for element in design.draft["elements"]]

    at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, do=step))

    assert [element["kind"] for element in draft_of(design)["elements"]] == kinds(before)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("e3-text", "{institution} {nmae}", "There is no merge field {nmae}."),
        ("e3-text", "{institution", "A brace is left over."),
        ("e3-size", "400", "less than or equal to 90"),
        ("e3-size", "", "This field is required"),
        ("e0-x", "250", "reaches beyond the page"),
        ("page-colour_ink", "red", "six digits from 0 to F"),
        ("page-column_width", "400", "The column reaches beyond the page"),
    ],
)
def test_what_is_wrong_is_said_once_and_what_was_typed_stays(at_desk, design, field, typed, sentence):
    response = at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, **{field: typed}))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page or typed == ""
    assert draft_of(design) == design.draft


def test_a_picture_is_kept_once_and_printed(at_desk, design):
    at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, do="add:image"))
    design.refresh_from_db()
    place = len(design.draft["elements"]) - 1
    for _twice in range(2):
        upload = SimpleUploadedFile("logo.png", picture(), "image/png")
        at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, **{f"e{place}-picture": upload}))

    assert draft_of(design)["elements"][place]["asset"] == Picture.objects.get().sha256


def test_what_is_no_picture_is_refused(at_desk, design):
    at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, do="add:image"))
    design.refresh_from_db()
    place = len(design.draft["elements"]) - 1
    upload = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")

    response = at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, **{f"e{place}-picture": upload}))

    assert response.status_code == 422
    assert not Picture.objects.exists()
    with pytest.raises(NotAPicture):
        services.keep_picture(b"GIF89a")


# Looking


def test_the_preview_shows_what_is_in_the_forms_and_saves_nothing(at_desk, design):
    data = form_of(design, **{"e6-text": "We declare that", "language": "fr", "alone": "yes"})

    response = at_desk.post(f"{DESIGNS}{design.pk}/preview/", data)

    assert response["Content-Type"] == "application/pdf"
    assert "We declare that Élodie Brûlé-N’Diaye" in text_of(response.content)
    assert draft_of(design) == design.draft


def test_a_script_is_given_the_address_of_the_preview(at_desk, design):
    asked = at_desk.post(
        f"{DESIGNS}{design.pk}/preview/", form_of(design), headers={"Accept": "application/json"}
    )

    shown = at_desk.get(asked.json()["shown"], follow=True)
    drawn = at_desk.get(asked.json()["picture"])
    assert shown.content.startswith(b"%PDF")
    at_desk.force_login(make_staff("registrar"))
    assert refuses(at_desk, asked.json()["shown"])
    assert refuses(at_desk, asked.json()["picture"])
    assert drawn.headers["Content-Type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")


def test_several_look_at_once(design):
    pdf = preview(design.draft, language="en")

    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(as_picture, [pdf] * 8))

    assert len(pictures) == 1


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_overwritten_unseen(at_desk, design, registrar):
    seen = services.digest_of(design.draft)
    theirs = changed(design, x=70)
    services.save_draft(design, theirs, by=registrar, seen=seen)
    mine = form_of(design, **{"e3-size": "9", "seen": seen})

    refused = at_desk.post(f"{DESIGNS}{design.pk}/", mine)

    assert refused.status_code == 409
    assert "Ruth Okello saved this draft" in refused.content.decode()
    assert draft_of(design) == theirs
    again = at_desk.post(f"{DESIGNS}{design.pk}/", mine | {"seen": refused.context["seen"]})
    assert again.status_code == 302
    assert draft_of(design)["elements"][3]["size"] == 9


def test_a_draft_can_be_kept_beside_the_one_somebody_else_saved(at_desk, design):
    before = draft_of(design)

    at_desk.post(f"{DESIGNS}{design.pk}/", form_of(design, do="apart", **{"e3-size": "9"}))

    assert draft_of(design) == before
    mine = Design.objects.get(name=f"{design.name} (Ruth Okello)")
    assert mine.draft["elements"][3]["size"] == 9


def test_the_preview_prints_the_longest_real_name(at_desk, design):
    make_person(name_for_certificate="Ann Li")
    make_person(name_for_certificate="Maria Anunciação de Albuquerque e Vasconcelos")

    response = at_desk.post(f"{DESIGNS}{design.pk}/preview/", form_of(design, name="longest"))

    assert longest_name() in text_of(response.content)
    assert longest_name().startswith("Maria Anunciação")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("e3-text", "{nmae}", "There is no merge field {nmae}"),
        ("e3-text", "🦄", "UNICORN FACE"),
        ("page-column_width", "20", "too long to be printed"),
    ],
)
def test_the_preview_says_in_a_sentence_what_cannot_be_drawn(at_desk, design, field, typed, sentence):
    response = at_desk.post(
        f"{DESIGNS}{design.pk}/preview/",
        form_of(design, **{field: typed}),
        headers={"Accept": "application/json"},
    )

    assert response.status_code == 422
    assert sentence in response.json()["problems"][0]


# Publishing


def test_publishing_makes_a_version_and_twice_makes_one(at_desk, design, registrar):
    services.save_draft(design, changed(design, size=12), by=registrar)

    for _twice in range(2):
        at_desk.post(f"{DESIGNS}{design.pk}/publish/", {"note": "Smaller heading"})

    newest = design.versions.first()
    assert (newest.number, newest.by, newest.note) == (2, registrar, "Smaller heading")
    assert newest.content == draft_of(design)
    page = at_desk.get(f"{DESIGNS}{design.pk}/versions/").content.decode()
    assert "Smaller heading" in page and "Restore version 1" in page


def test_a_design_that_lacks_something_is_not_published(at_desk, design, registrar):
    draft = json.loads(json.dumps(design.draft))
    draft["elements"] = [one for one in draft["elements"] if one["kind"] != "qr"]
    services.save_draft(design, draft, by=registrar)

    for response in (
        at_desk.get(f"{DESIGNS}{design.pk}/publish/"),
        at_desk.post(f"{DESIGNS}{design.pk}/publish/"),
    ):
        assert response.status_code == 422
        assert "There is no QR code" in response.content.decode()
    assert design.versions.count() == 1


def test_a_very_long_name_must_fit_before_a_design_is_published(design):
    draft = changed(design, 7, smallest=40)

    [problem] = publish_problems(draft)

    assert problem.startswith("In English, with a very long name:") and "too long to be printed" in problem


def test_an_award_keeps_the_version_it_was_issued_with(enrolment, complete, design, registrar, award_type):
    award_type.design = design
    award_type.save()
    award = complete(enrolment)
    before = draw_award(award)
    services.save_draft(design, changed(design, 6, text="We declare that"), by=registrar)
    version = services.publish(design, by=registrar)

    award.refresh_from_db()
    assert award.design_version.number == 1
    assert draw_award(award) == before
    newer = issuing.replace(award, by=registrar, reason="Misspelt")
    assert newer.design_version == version
    assert "We declare that" in text_of(draw_award(newer))


def test_an_award_issued_before_there_were_designs_can_still_be_drawn(award):
    old = award.snapshot
    for key in ("signatories", "marks", "valid_until"):
        del old[key]
    for words in old["words"].values():
        del words["more"]
    Award.objects.filter(pk=award.pk).update(snapshot=old, design_version=None)

    assert "Amina Diallo" in text_of(draw_award(Award.objects.get()))


def test_an_earlier_version_is_restored_as_a_draft(at_desk, design, registrar):
    services.save_draft(design, changed(design, size=12), by=registrar)
    services.publish(design, by=registrar)

    assert at_desk.post(f"{DESIGNS}{design.pk}/versions/1/restore/", {"reason": ""}).status_code == 422
    at_desk.post(f"{DESIGNS}{design.pk}/versions/1/restore/", {"reason": "Too small"})

    assert draft_of(design) == design.versions.get(number=1).content
    assert design.versions.count() == 2


def test_an_upgrade_brings_newer_designs_only_where_staff_changed_nothing(design, registrar, monkeypatch):
    own = Design.objects.get(shipped_as="diploma")
    services.save_draft(own, changed(own, 4, size=12), by=registrar)
    text = services.text_of
    monkeypatch.setattr(services, "text_of", lambda name: text(name).replace('"size": 15.5', '"size": 15'))
    monkeypatch.setattr(
        services, "text_of", lambda name: text(name).replace('"format": 1', '"format": 1, "x": 1')
    )

    services.ship_designs()
    services.ship_designs()

    assert design.versions.count() == 2
    assert own.versions.count() == 1


# Passing on


def test_a_design_that_was_exported_is_the_same_when_imported(at_desk, design, registrar):
    kept = services.keep_picture(picture())
    draft = json.loads(json.dumps(design.draft))
    draft["elements"].append({"kind": "image", "asset": kept.sha256})
    services.save_draft(design, draft, by=registrar)

    file = at_desk.get(f"{DESIGNS}{design.pk}/export/").content
    Picture.objects.all().delete()
    response = at_desk.post(
        f"{DESIGNS}import/", {"name": "From elsewhere", "file": SimpleUploadedFile("a.zip", file)}
    )

    made = Design.objects.get(name="From elsewhere")
    assert response.headers["Location"].endswith(f"{DESIGNS}{made.pk}/")
    assert made.draft == draft
    assert not made.versions.exists()
    assert exported(made.draft) == file


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"PK nonsense", "holds no design"),
        (zipped(other="x"), "holds no design"),
        (zipped(design_json="{"), "holds no design"),
        (zipped(design_json='{"format": 9}'), "newer version"),
        (zipped(**{f"pictures__{n}": "x" for n in range(41)}), "more than 40 parts"),
        (zipped(design_json="[" * 100_000), "holds no design"),
    ],
)
def test_a_file_without_a_design_is_refused(at_desk, file, sentence):
    response = at_desk.post(f"{DESIGNS}import/", {"name": "Evil", "file": SimpleUploadedFile("a.zip", file)})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Design.objects.filter(name="Evil").exists()


@pytest.mark.parametrize("held", [None, b"no picture"])
def test_a_file_without_its_pictures_is_refused(design, held):
    draft = json.loads(json.dumps(design.draft))
    draft["elements"].append({"kind": "image", "asset": "a" * 64})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("design.json", json.dumps(draft))
        if held:
            archive.writestr(f"pictures/{'a' * 64}.png", held)

    with pytest.raises(ImportRefused, match="picture"):
        imported(packed.getvalue())


PLAIN = {
    "format": 1,
    "page": {"paper": "a4", "orientation": "portrait"},
    "column": {"x": 20, "y": 20, "width": 150.5, "height": 90},
    "elements": [{"kind": "text", "text": "{name}"}],
}


def plain(**changes):
    """The file of a small design with something changed; ASCII, so that halves of characters can be written."""
    return zipped(design_json=json.dumps(PLAIN | changes))


def compressed(method=zipfile.ZIP_DEFLATED, **changes):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("design.json", json.dumps(PLAIN | changes))
    return packed.getvalue()


def encrypted():
    """A file that says that its parts need a password."""
    file = bytearray(plain())
    file[6] |= 1
    file[file.index(b"PK\x01\x02") + 8] |= 1
    return bytes(file)


def damaged():
    """A file whose compressed part cannot be unpacked."""
    file = bytearray(compressed())
    start = file.index(b"design.json") + len("design.json")
    file[start : start + 8] = b"\xff" * 8
    return bytes(file)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (plain(page={"paper": [], "orientation": "portrait"}), "no page size"),
        (plain(page={"paper": "a4", "orientation": {}}), "no page size"),
        (plain(elements=[{"kind": []}]), "no such kind"),
        (plain(elements=[{"kind": "qr", "colour": []}]), "not what is allowed"),
        (plain(elements=[{"kind": "qr", "x": 10**400}]), "not what is allowed"),
        (plain(column=PLAIN["column"] | {"x": 10**400}), "column needs numbers"),
        (plain(colours=["#FFFFFF"]), "colours of a design are"),
        (plain(colours={"\ud800": "#FFFFFF"}), "colours of a design are"),
        (plain(elements=[{"kind": "text", "text": "a\0b"}]), "not what is allowed"),
        (plain(elements=[{"kind": "text", "text": "\udfff"}]), "not what is allowed"),
        (plain(elements=[{"kind": "text", "texts": {"fr": "\ud800"}}]), "not what is allowed"),
        (plain(elements=[{"kind": "image", "alternative": "\0"}]), "not what is allowed"),
        (damaged(), "holds no design"),
        (encrypted(), "holds no design"),
        (compressed(zipfile.ZIP_LZMA), "holds no design"),
        (compressed(zipfile.ZIP_BZIP2), "holds no design"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused_with_one_sentence_that_can_be_shown(file, sentence):
    with pytest.raises(ImportRefused) as refused:
        imported(file)

    assert sentence in str(refused.value)
    assert str(refused.value).encode().endswith(b".")


def with_picture():
    elements = [{"kind": "image", "asset": "a" * 64}]
    return zipped(
        **{
            "design_json": json.dumps(PLAIN | {"elements": elements}),
            f"pictures__{'a' * 64}.png": picture(size=(8, 6)),
        }
    )


FILES = [plain(), compressed(), with_picture()]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_of_a_file_with_changed_bytes_comes_a_design_or_a_refusal(data):
    file = bytearray(data.draw(st.sampled_from(FILES)))
    places = st.integers(0, len(file) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        file[place] = byte

    file = bytes(file[: data.draw(st.sampled_from([None, None, len(file) // 2]))])

    try:
        content, _pictures = imported(file)
    except ImportRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert read(content) == read(json.loads(json.dumps(content)))


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([10**400, "\0", "\ud800", "a4"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(place=st.sampled_from(["format", "page", "colours", "column", "elements", "x"]), nonsense=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_of_a_design_with_nonsense_anywhere_comes_one_that_can_be_stored_or_a_refusal(place, nonsense):
    for file in (
        plain(**{place: nonsense}),
        plain(elements=[{"kind": "text", "text": "A", place: nonsense}]),
    ):
        with suppress(ImportRefused):
            content, _pictures = imported(file)
            assert isinstance(content["colours"], dict)
            assert "\0" not in json.dumps(content, ensure_ascii=False, allow_nan=False).encode().decode()


def test_of_an_imported_design_only_what_was_understood_is_kept():
    strange = [
        {"kind": "qr", "text": 5, "x": 30},
        {"kind": "text", "text": "A", "texts": {"fr": ""}, "on": 1},
    ]

    content, _pictures = imported(plain(format=1.0, colours=None, elements=strange, more={"a": 1}))

    assert content == PLAIN | {
        "colours": {},
        "elements": [{"kind": "qr", "x": 30}, {"kind": "text", "text": "A", "texts": {}}],
    }
    assert imported(plain(colours={"ink": "#aabbcc"}))[0]["colours"] == {"ink": "#AABBCC"}


def test_a_new_design_begins_as_a_copy_and_names_are_given_once(at_desk, design):
    at_desk.post(f"{DESIGNS}add/", {"name": "Summer school", "start": design.pk})
    again = at_desk.post(f"{DESIGNS}add/", {"name": "summer school", "start": design.pk})

    made = Design.objects.get(name="Summer school")
    assert made.draft == design.draft
    assert again.status_code == 422 and "of this name already" in again.content.decode()
    at_desk.post(f"{DESIGNS}{made.pk}/rename/", {"name": "Winter school"})
    at_desk.post(f"{DESIGNS}{made.pk}/standing/", {"reason": "Not needed"})
    made.refresh_from_db()
    assert made.name == "Winter school" and made.retired_at


# Who may


CHANGING = ["", "publish/", "preview/", "rename/", "standing/", "versions/1/restore/"]


@pytest.mark.parametrize("path", CHANGING)
def test_who_only_looks_at_definitions_changes_no_design(client, design, path):
    client.force_login(make_staff(Role.EVALUATOR))

    assert client.get(DESIGNS).status_code == 200
    assert client.get(f"{DESIGNS}{design.pk}/versions/1/").content.startswith(b"%PDF")
    assert "Add a design" not in client.get(DESIGNS).content.decode()
    assert refuses(client, f"{DESIGNS}{design.pk}/{path}", {"reason": "x", "name": "x"})
    assert refuses(client, f"{DESIGNS}add/")
    assert refuses(client, f"{DESIGNS}import/")


@pytest.mark.parametrize("path", ["", "1/", "1/versions/", "1/export/", "add/"])
def test_learners_and_strangers_see_no_design(client, path):
    path = path.replace("1", str(Design.objects.first().pk))

    assert "/accounts/login/" in client.get(DESIGNS + path, follow=True).redirect_chain[-1][0]
    client.force_login(make_person())
    assert client.get(DESIGNS + path).status_code in (302, 403)


def test_the_list_takes_as_many_queries_with_twelve_designs_as_with_two(
    at_desk, design, registrar, django_assert_num_queries
):
    at_desk.get(DESIGNS)
    with CaptureQueriesContext(connection) as few:
        at_desk.get(DESIGNS)
    for number in range(10):
        made = services.create(f"Design {number}", design.draft, by=registrar)
        DesignVersion.objects.create(design=made, number=1, content=made.draft)
        make_award_type(design=made)

    with django_assert_num_queries(len(few)):
        at_desk.get(DESIGNS)


# Signatures and marks


def test_a_signature_and_its_office_dates_are_kept(at_desk):
    signatory = make_signatory()
    data = {"name": signatory.name, "position": "Director", "is_active": "on"}
    data |= {"starts_on": "2026-01-01", "ends_on": "2025-01-01"}
    address = f"/cms/certificates/signatories/edit/{signatory.pk}/"

    assert "before the first" in at_desk.post(address, data).content.decode()
    upload = SimpleUploadedFile("s.png", picture(), "image/png")
    at_desk.post(address, data | {"ends_on": "2027-01-01", "upload": upload})

    kept = Signatory.objects.get()
    assert kept.signature.width == 60
    assert str(kept.ends_on) == "2027-01-01"
    at_desk.post(address, data | {"ends_on": "", "no_signature": "on"})
    assert Signatory.objects.get().signature is None


def test_a_mark_needs_its_picture(at_desk):
    partner = make_partner()
    address = "/cms/certificates/marks/new/"

    refused = at_desk.post(address, {"name": "University", "partner": partner.pk})
    assert "Choose the picture" in refused.content.decode()
    upload = SimpleUploadedFile("s.png", picture(), "image/png")
    at_desk.post(address, {"name": "University", "partner": partner.pk, "upload": upload})

    assert Mark.objects.get().partner == partner
