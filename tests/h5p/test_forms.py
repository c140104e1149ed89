"""Forms drawn from semantics: every kind of field, what is taken and what is refused."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Collection

from accounts.models import Role
from h5p.authoring import ContentForm, edited
from h5p.services.contents import save_version
from tests.factories.accounts import make_person, make_staff
from tests.factories.cms import make_image
from tests.h5p.forms import ANSWERS, INNER, OTHER, PART, TEXT, install, sent_again, sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_document(name, content):
    """A document of the CMS."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    file = ContentFile(content, name=name)
    return get_document_model().objects.create(title=name, file=file)


def sentences(form, name):
    return " ".join(form.errors.get(f"params/{name}", []))


def all_of(form):
    return " ".join(sentence for _id, _where, sentence in form.summary)


# Every kind of field: what is taken, and what is refused.

TAKEN = [
    (TEXT, "Tom & <b>", "Tom &amp; &lt;b&gt;"),
    (TEXT | {"widget": "textarea"}, "one\r\ntwo", "one\ntwo"),
    (TEXT | {"regexp": {"pattern": "^[0-9]+$"}}, "12", "12"),
    (
        TEXT | {"widget": "html", "tags": ["strong"]},
        "<p>a <strong>b</strong></p>",
        "<p>a <strong>b</strong></p>",
    ),
    (
        TEXT | {"widget": "html", "tags": ["strong"]},
        "<p onclick=x>a<script>b</script></p><h2>c</h2>",
        "<p>a</p>c",
    ),
    (TEXT | {"widget": "colorSelector"}, "#00557f", "#00557f"),
    (TEXT | {"type": "number"}, "3", 3),
    (TEXT | {"type": "number"}, "2,5", 2.5),
    (TEXT | {"type": "number"}, "999999999999999", 999999999999999),
    (TEXT | {"type": "number"}, "-1e-7", -1e-7),
    (TEXT | {"type": "number", "min": 1, "max": 10, "step": 3}, "7", 7),
    (TEXT | {"type": "boolean"}, "1", True),
    (
        TEXT | {"type": "select", "options": [{"value": "a", "label": "A"}, {"value": 2, "label": "B"}]},
        "2",
        2,
    ),
]


@pytest.mark.parametrize(("field", "typed", "value"), TAKEN)
def test_a_field_takes_what_its_type_asks_for(form_of, field, typed, value):
    form = sent_again(form_of(field), **{"params/words": typed, "metadata/title": "Custody"})

    assert form.errors == {}
    assert form.params == {"words": value}


REFUSED = [
    (TEXT, "  ", "is empty"),
    (TEXT | {"maxLength": 3}, "four", "at most 3 characters. It has 4"),
    (TEXT | {"regexp": {"pattern": "^[0-9]+$"}, "description": "Digits only."}, "x", "Digits only."),
    (TEXT | {"regexp": {"pattern": "^[0-9]+$"}}, "x", "has to match ^[0-9]+$"),
    (TEXT | {"widget": "html", "tags": ["p"]}, "<p>&nbsp;<br></p>", "is empty"),
    (TEXT | {"widget": "html", "tags": ["p"], "maxLength": 2}, "<p>abc</p>", "at most 2 characters"),
    (TEXT | {"widget": "colorSelector"}, "url(x)", "is not a colour"),
    (TEXT | {"type": "number"}, "three", "“three” is not a number"),
    (TEXT | {"type": "number"}, "1e400", "is not a number"),
    (TEXT | {"type": "number"}, "1e15", "is not a number"),
    (TEXT | {"type": "number"}, "1e9999999", "is not a number"),
    (TEXT | {"type": "number"}, "0e9999999", "is not a number"),
    (TEXT | {"type": "number", "step": 3}, "1e-9999999", "is not a number"),
    (TEXT | {"type": "number"}, "-Infinity", "is not a number"),
    (TEXT | {"type": "number"}, "sNaN", "is not a number"),
    (TEXT | {"type": "number", "min": 1}, "0", "must be 1 or more"),
    (TEXT | {"type": "number", "max": 5}, "6", "must be 5 or less"),
    (TEXT | {"type": "number", "min": 1, "step": 3}, "5", "in steps of 3 from 1"),
    (TEXT | {"type": "number", "decimals": 0}, "1.5", "whole number"),
    (TEXT | {"type": "number", "decimals": 1}, "1.55", "at most 1 decimal"),
    (
        TEXT | {"type": "select", "options": [{"value": "a", "label": "A"}]},
        "z",
        "“z” is not offered any more",
    ),
    (TEXT | {"type": "select", "options": [{"value": "a", "label": "A"}]}, "", "is empty"),
]


@pytest.mark.parametrize(("field", "typed", "sentence"), REFUSED)
def test_a_refusal_stands_beside_the_field_and_keeps_what_was_typed(form_of, field, typed, sentence):
    form = sent_again(form_of(field), **{"params/words": typed, "metadata/title": "Custody"})

    assert not form.is_valid()
    assert sentence in sentences(form, "words")
    html = form.render()
    assert 'data-h5p-goto="h5p-params/words"' in html
    assert re.search(r'id="h5p-params/words:errors"|radiogroup', html)
    assert (
        sent_by(form)["params/words"].strip() in (typed.strip(), "", "<p>&nbsp;<br></p>", "<p>abc</p>")
        or typed
    )


def test_what_is_optional_may_stay_empty_and_a_title_may_not(form_of):
    form = sent_again(form_of(TEXT | {"optional": True}))

    assert list(form.errors) == ["metadata/title"]
    assert form.params == {}


def test_an_emptied_default_stays_empty_and_a_missing_one_is_filled_in(form_of):
    field = TEXT | {"default": "Check & go", "optional": True}

    assert form_of(field).params == {"words": "Check &amp; go"}
    emptied = sent_again(form_of(field), **{"params/words": ""})
    assert emptied.params == {"words": ""}
    again = ContentForm(emptied.library, user=emptied.around.user, params=emptied.params)
    assert again.params == {"words": ""}


def test_radio_buttons_and_headings_of_options_are_drawn(form_of):
    options = [{"type": "optgroup", "label": "Courts", "options": [{"value": "icc", "label": "ICC"}]}]
    radio = TEXT | {"type": "select", "widget": "radioGroup", "options": options}

    assert 'type="radio"' in form_of(radio).render()
    assert '<optgroup label="Courts">' in form_of(radio | {"widget": ""}).render()


def test_a_list_begins_with_as_many_items_as_the_type_wants(form_of):
    assert len(form_of(ANSWERS).params["answers"]) == 2
    assert len(form_of(ANSWERS | {"defaultNum": 3}).params["answers"]) == 3
    assert len(form_of(ANSWERS | {"min": 0, "defaultNum": 10**9}).params["answers"]) == 20
    assert form_of(ANSWERS | {"min": 0, "optional": True}).params == {}


def filled(form_of, *words):
    items = [{"words": one, "right": False} for one in words]
    return form_of(ANSWERS, params={"answers": items}, metadata={"title": "Custody"})


def order(form):
    return [item["words"] for item in form.params["answers"]]


def test_items_stand_in_the_order_in_which_they_are_sent(form_of):
    form = filled(form_of, "one", "two", "three")

    moved = sent_again(form, **{"params/answers:item": ["2", "0", "1"]})
    assert order(moved) == ["three", "one", "two"]
    removed = sent_again(form, **{"params/answers:item": ["0", "2"]})
    assert order(removed) == ["one", "three"]
    assert removed.is_valid()


def test_too_few_and_too_many_items_are_refused(form_of):
    form = filled(form_of, "one", "two", "three")

    few = sent_again(form, **{"params/answers:item": ["0"]})
    assert "needs at least 2 entries. There are 1" in sentences(few, "answers")
    many = sent_again(
        form,
        **{"params/answers:item": ["0", "1", "2", "x"], "params/answers/x/words": "four"},
    )
    assert "at most 3 entries. There are 4" in sentences(many, "answers")
    assert order(many)[-1] == "four"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("up:params/answers/1", ["two", "one"]),
        ("down:params/answers/0", ["two", "one"]),
        ("up:params/answers/0", ["one", "two"]),
        ("remove:params/answers/0", ["two"]),
        ("remove:params/answers/nobody", ["one", "two"]),
    ],
)
def test_items_are_moved_and_removed_without_javascript(form_of, wanted, expected):
    form = sent_again(filled(form_of, "one", "two"), **{"form:do": wanted})

    assert order(form) == expected
    assert not form.is_valid()
    assert form.errors == {}


def test_an_item_is_added_without_javascript(form_of):
    form = sent_again(filled(form_of, "one", "two"), **{"form:do": "add:params/answers"})

    assert len(form.params["answers"]) == 3
    assert sent_again(form, **{"metadata/title": "Custody"}).errors.keys() != {}


def test_a_group_with_one_field_is_stored_as_that_field(form_of):
    group = {"name": "outer", "type": "group", "label": "Outer", "fields": [TEXT]}

    form = sent_again(form_of(group), **{"params/outer/words": "x", "metadata/title": "Custody"})

    assert form.is_valid()
    assert form.params == {"outer": "x"}
    assert form_of(group, params={"outer": "y"}).params == {"outer": "y"}


def test_a_part_is_chosen_among_installed_types_and_keeps_its_identifier(form_of):
    form = form_of(PART, others=[INNER, OTHER])
    html = form.render()
    assert 'value="T.Inner 1.0"' in html
    assert "T.Gone" not in html
    assert "choose a content type" in sentences(sent_again(form), "part")

    chosen = sent_again(form, **{"params/part:type": "T.Inner 1.0", "form:do": "choose:params/part"})
    done = sent_again(
        chosen,
        **{
            "params/part/params/words": "inside",
            "params/part/metadata/title": "A & B",
            "metadata/title": "C",
        },
    )

    assert done.is_valid()
    part = done.params["part"]
    assert part["library"] == "T.Inner 1.0"
    assert part["params"] == {"words": "inside"}
    assert part["metadata"]["title"] == "A & B"
    again = sent_again(ContentForm(done.library, user=done.around.user, params=done.params))
    assert again.params["part"]["subContentId"] == part["subContentId"]


def test_another_type_begins_anew_and_another_version_keeps_what_was_written(form_of):
    part = {
        "library": "T.Inner 1.0",
        "params": {"words": "x"},
        "subContentId": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    }
    field = PART | {"options": [*PART["options"], "T.Inner 1.1"]}
    newer = ("T.Inner", [TEXT], {"minor": 1})
    library = install(("T.Main", [field]), INNER, OTHER)
    install(newer)
    form = ContentForm(library, user=make_staff(Role.AUTHOR), params={"part": part})

    other = sent_again(form, **{"params/part:type": "T.Other 1.0"})
    assert other.params["part"]["params"] == {}
    later = sent_again(form, **{"params/part:type": "T.Inner 1.1"})
    assert later.params["part"]["params"] == {"words": "x"}
    assert later.params["part"]["subContentId"] == part["subContentId"]


def test_a_part_that_cannot_be_used_here_is_kept_and_said(form_of):
    part = {"library": "H5P.Elsewhere 3.2", "params": {"a": [1, {"b": None}]}, "subContentId": "x"}
    form = form_of(PART, params={"part": part}, others=[INNER])

    assert "H5P.Elsewhere 3.2, which cannot be used here" in form.render()
    assert sent_again(form).params == {"part": part}
    chosen = sent_again(form, **{"params/part:type": "T.Inner 1.0"})
    assert chosen.params["part"]["library"] == "T.Inner 1.0"


def test_a_type_that_holds_itself_has_an_end(form_of):
    field = {"name": "inside", "type": "library", "label": "Inside", "options": ["T.Main 1.0"]}

    form = form_of(field)

    assert form.params == {}
    assert "T.Main" in form.render()


# Showing and hiding.


def test_hidden_fields_keep_their_value_and_are_not_checked(form_of):
    mode = {
        "name": "mode",
        "type": "select",
        "label": "Mode",
        "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
    }
    rule = {"rules": [{"field": "../mode", "equals": "b"}]}
    group = {
        "name": "g",
        "type": "group",
        "label": "G",
        "fields": [TEXT | {"showWhen": rule}, TEXT | {"name": "z", "optional": True}],
    }
    gone = TEXT | {
        "name": "gone",
        "showWhen": {"rules": [{"field": "mode", "equals": "b"}], "nullWhenHidden": True},
    }
    form = form_of(mode, group, gone, params={"mode": "a", "g": {}, "gone": "x"}, metadata={"title": "T"})

    hidden = sent_again(form, **{"params/g/words": ""})
    assert hidden.is_valid()
    assert hidden.params == {"mode": "a", "g": {}, "gone": None}
    assert re.search(r'data-h5p-rules="[^"]*params/mode[^"]*" hidden', hidden.render())
    shown = sent_again(form, **{"params/mode": "b"})
    assert list(shown.errors) == ["params/g/words"]
    assert shown.params["gone"] == "x"


# Words.


def test_labels_are_in_the_readers_language_and_default_words_in_that_of_the_content(form_of):
    said = [TEXT | {"label": "Mots", "default": "Vérifier"}]
    arabic = [{"label": "كلمات", "default": "تحقق"}]
    library = install(("T.Main", [TEXT | {"default": "Check"}], {"languages": {"fr": said, "ar": arabic}}))

    with translation.override("fr"):
        form = ContentForm(library, user=make_staff(Role.AUTHOR), language="ar")

    assert form.params == {"words": "تحقق"}
    assert "Mots" in form.render()


def test_ready_made_words_follow_the_language_until_somebody_changes_them(author):
    part = {"name": "part", "type": "library", "label": "Part", "options": ["T.Inner 1.0"]}
    listed = {"name": "parts", "type": "list", "label": "Parts", "field": part}
    fields = [TEXT | {"default": "Check"}, TEXT | {"name": "own", "default": "Retry"}, listed]
    arabic = [{"default": "تحقق"}, {"default": "إعادة"}]
    inner = [
        TEXT | {"default": "Next"},
        *[TEXT | {"name": f"t{number}", "optional": True} for number in range(9)],
    ]
    library = install(
        ("T.Main", fields, {"languages": {"ar": arabic}}),
        ("T.Inner", inner, {"languages": {"ar": [{"default": "التالي"}]}}),
    )
    part = {"library": "T.Inner 1.0", "params": {"words": "Next"}}
    params = {"words": "Check", "own": "Once more", "parts": [part, part]}
    form = ContentForm(library, user=author, params=params, language="en")
    assert form.render().count("data-closed") == 2

    data = sent_by(form)
    same = ContentForm(library, user=author, data=data, language="en").params
    followed = ContentForm(library, user=author, data=data, language="ar").params

    assert (same["words"], same["parts"][1]["params"]) == ("Check", {"words": "Next"})
    assert (followed["words"], followed["own"]) == ("تحقق", "Once more")
    assert followed["parts"][1]["params"] == {"words": "التالي"}


# Media.


def test_a_picture_of_the_cms_is_copied_into_the_store(form_of):
    picture = make_image("The exhibit", credit="Registry")
    form = form_of({"name": "pic", "type": "image", "label": "Picture"}, metadata={"title": "T"})

    assert "choose a file" in sentences(sent_again(form), "pic")
    done = sent_again(form, **{"params/pic": str(picture.pk)})

    assert done.is_valid()
    value = done.params["pic"]
    assert (value["mime"], value["width"], value["height"]) == ("image/png", 640, 480)
    assert value["copyright"]["author"] == "Registry"
    files = done.store_files()
    assert list(files) == [value["path"]]
    with files[value["path"]].open() as stream, picture.file.open() as original:
        assert stream.read() == original.read()

    saved = save_version(
        None, title="T", library=done.library.name, params=done.params, files=files, by=done.around.user
    )
    again = sent_again(ContentForm(done.library, user=done.around.user, **edited(saved)))
    assert again.params == done.params
    assert again.store_files() == files
    gone = sent_again(
        again, **{"params/pic:file": json.dumps({"path": "images/other.png", "mime": "image/png"})}
    )
    assert "is not among the files of this content" in sentences(gone, "pic")


def test_large_pictures_get_smaller_and_drawings_are_refused(form_of):
    form = form_of({"name": "pic", "type": "image", "label": "Picture"}, metadata={"title": "T"})

    large = sent_again(form, **{"params/pic": str(make_image(size=(3000, 1500)).pk)})
    assert (large.params["pic"]["width"], large.params["pic"]["height"]) == (2000, 1000)
    drawing = make_image()
    drawing.file.name = "original_images/drawing.svg"
    drawing.save()
    refused = sent_again(form, **{"params/pic": str(drawing.pk)})
    assert not refused.is_valid()


def test_nobody_chooses_what_the_cms_does_not_let_them_choose(form_of):
    picture = make_image()
    form = form_of({"name": "pic", "type": "image", "label": "Picture"}, metadata={"title": "T"})

    stranger = ContentForm(form.library, user=make_person(), metadata={"title": "T"})

    assert "not yours to choose" in sentences(sent_again(stranger, **{"params/pic": str(picture.pk)}), "pic")
    assert "not there any more" in sentences(sent_again(stranger, **{"params/pic": "999999"}), "pic")


def test_films_have_several_sources_from_here_or_the_web(form_of):
    form = form_of({"name": "film", "type": "video", "label": "Film"}, metadata={"title": "T"})
    film = make_document("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40)

    assert "choose a file" in sentences(sent_again(form), "film")
    names = {
        "params/film:item": ["0", "b"],
        "params/film/0": str(film.pk),
        "params/film/b:web": "https://example.org/f.webm",
    }
    done = sent_again(form, **names)

    assert done.errors == {}
    assert [source["mime"] for source in done.params["film"]] == ["video/mp4", "video/webm"]
    assert len(done.store_files()) == 1
    bad = sent_again(form, **{"params/film/0:web": "javascript:alert(1)"})
    assert "must begin with https://" in all_of(bad)
    liar = make_document("film.mp4", b"<html>" + b" " * 40)
    assert "does not hold what its name says" in all_of(sent_again(form, **{"params/film/0": str(liar.pk)}))
    paper = make_document("paper.pdf", b"%PDF-1.7")
    assert "Choose a file of one of these types: mp4, webm" in all_of(
        sent_again(form, **{"params/film/0": str(paper.pk)})
    )
