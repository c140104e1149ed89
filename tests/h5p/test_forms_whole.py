"""Forms as a whole: nothing is lost on the way, nothing hostile gets through, and large ones stay light."""

import json
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from h5p.authoring import ContentForm
from h5p.authoring.nodes.leaves import escaped
from h5p.core.content_index import uses_of
from h5p.core.names import LibraryName
from h5p.core.sanitize import Sanitizer
from h5p.models import Library, StoredFile
from h5p.services import shipping
from tests.factories.accounts import make_person
from tests.factories.cms import make_image
from tests.h5p.forms import ANSWERS, INNER, OTHER, PART, TEXT, form_for, sent_again, sent_by

pytestmark = pytest.mark.django_db


EXAMPLES = Path(settings.BASE_DIR) / "h5p" / "content_types" / "examples"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# Nothing is lost.


def test_what_the_form_does_not_show_stays_as_it_came(form_of):
    params = {
        "words": "kept & raw <b>",
        "unknown": {"a": [1, None, {"b": "c"}]},
        "hidden": {"x": 1},
        "answers": [{"words": "one", "right": False, "extra": [1]}, {"words": "two", "right": True}],
        "pic": {"path": "https://example.org/a.png", "mime": "image/png", "extra": 1},
    }
    fields = [
        TEXT,
        TEXT | {"name": "hidden", "widget": "none"},
        ANSWERS,
        {"name": "pic", "type": "image", "label": "P"},
    ]

    form = sent_again(form_of(*fields, params=params, metadata={"title": "T", "other": [1]}))

    assert form.errors == {}
    assert form.params == params
    assert form.metadata == {"title": "T", "other": [1]}


ODD = [
    0,
    1,
    True,
    None,
    1.0,
    "1",
    "true",
    "",
    "  x ",
    "a\r\nb",
    "<b>x</b>",
    "&amp;",
    "&",
    [1],
    {"a": 1},
    -3.25,
    10**20,
]


@pytest.mark.parametrize("value", ODD)
def test_values_of_other_kinds_survive_a_form_that_nobody_touched(form_of, value):
    kinds = [TEXT, TEXT | {"name": "h", "tags": ["b"]}, TEXT | {"name": "n", "type": "number"}]
    kinds += [TEXT | {"name": "b", "type": "boolean"}, TEXT | {"name": "s", "type": "select", "options": []}]
    params = {field["name"]: value for field in kinds}

    assert sent_again(form_of(*kinds, params=params)).params == params


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def fields_of(depth):
    leaf = st.fixed_dictionaries(
        {
            "name": names,
            "label": words,
            "type": st.sampled_from(["text", "number", "boolean", "image", "video"]),
        },
        optional={"optional": st.booleans(), "widget": st.sampled_from(["html", "textarea", "none", "odd"])},
    )
    if not depth:
        return leaf
    inner = st.lists(fields_of(depth - 1), max_size=3, unique_by=lambda one: one["name"])
    group = st.fixed_dictionaries({"name": names, "type": st.just("group"), "fields": inner})
    listed = st.fixed_dictionaries({"name": names, "type": st.just("list"), "field": fields_of(depth - 1)})
    return st.one_of(leaf, group, listed)


def values_for(draw, field):
    """A value such as content has, or None where there is none."""
    kind = field["type"]
    if kind == "group":
        found = {one["name"]: values_for(draw, one) for one in field["fields"]}
        found = {name: value for name, value in found.items() if value is not None}
        if len(field["fields"]) == 1:
            return found.get(field["fields"][0]["name"])
        return found
    if kind == "list":
        items = [values_for(draw, field["field"]) for _ in range(draw(st.integers(0, 3)))]
        return [item for item in items if item is not None]
    if kind == "image":
        return {"path": "images/a.png", "mime": "image/png", draw(names): draw(words)}
    if kind == "video":
        return [
            {"path": f"videos/{number}.mp4", "mime": "video/mp4"} for number in range(draw(st.integers(1, 2)))
        ]
    return draw(
        {"text": words, "number": st.integers(-99, 99) | st.floats(-9, 9), "boolean": st.booleans()}[kind]
    )


@st.composite
def contents(draw):
    fields = draw(st.lists(fields_of(2), min_size=1, max_size=4, unique_by=lambda one: one["name"]))
    found = {one["name"]: values_for(draw, one) for one in fields}
    return fields, {name: value for name, value in found.items() if value is not None}


@given(contents())
@trying(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_form_that_nobody_touched_gives_back_what_it_was_given(author, content):
    fields, params = content
    form = form_for(fields, author, params)

    again = sent_again(form)

    assert again.params == form.params
    assert within(params, again.params)
    assert sent_again(form_for(fields, author, again.params)).params == again.params


def within(old, new):
    """Whether all that was there is there; defaults may have come."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(name in new and within(old[name], new[name]) for name in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(within, old, new))
    return old == new


def test_our_own_types_and_their_examples_survive_unchanged_and_valid(author):
    shipping.install_content_types(by=None)
    for library in Library.objects.current().filter(runnable=True):
        new = ContentForm(library, user=author)
        assert sent_again(new).params == new.params
        example = EXAMPLES / f"{library.machine_name}.json"
        if example.exists():
            params = json.loads(example.read_text())["params"]
            form = ContentForm(
                library, user=author, params=params, metadata={"title": "T"}, files=anything(params)
            )
            again = sent_again(form)
            assert again.errors == {}
            assert within(params, again.params)
            assert sent_again(again).params == again.params


def anything(params):
    """The files that parameters name, whatever they are."""
    stored = StoredFile(sha256="0", size=1, name="x")
    return dict.fromkeys(uses_of(params).files, stored)


# Hostile forms and hostile senders.


def test_hostile_names_and_labels_are_only_text(form_of):
    evil = '"><script>alert(1)</script>'
    fields = [
        TEXT | {"name": evil, "label": evil, "description": evil, "placeholder": evil},
        {"name": "a/../b:was", "type": "text", "label": "Path", "default": "</textarea><script>"},
        {
            "name": "é 🙂",
            "type": "text",
            "label": "Unicode",
            "widget": "html",
            "default": "<img src=x onerror=y>ok",
        },
    ]
    form = form_of(*fields, params={evil: evil, "x": evil}, metadata={"title": evil})

    html = form.render()
    assert "<script>alert" not in html
    assert "onerror" not in html.replace("&quot;", "")
    assert sent_again(form).params == form.params


def test_what_is_sent_cannot_break_the_form(form_of):
    form = form_of(TEXT, ANSWERS, PART, others=[INNER])
    deep = "[" * 5000
    data = {
        "params:rest": deep,
        "params/words": "a\0b\ud800",
        "params/words:was": "{",
        "params/part:closed": '{"library": "T.Inner 1.0", "params": "x"}',
        "params/answers:rest": "NaN",
    }
    sent = QueryDict(mutable=True)
    sent.update(data)
    sent.setlist("params/answers:item", ["../x", "0", "0", "Ä", "a" * 99])

    broken = ContentForm(form.library, user=form.around.user, data=sent)

    assert broken.params["words"] == "ab"
    assert len(broken.params["answers"]) == 1
    assert broken.render()
    for whole in (deep, "{}", '[["a"],1,["params/words","x"]]'):
        assert ContentForm(form.library, user=form.around.user, data={"form:whole": whole}).render()


def test_scripts_send_all_fields_in_one(form_of):
    form = form_of(TEXT)
    pairs = [[name, value] for name, values in sent_by(form).lists() for value in values]
    changed = [["params/words", "typed"] if pair[0] == "params/words" else pair for pair in pairs]

    sent = ContentForm(form.library, user=form.around.user, data={"form:whole": json.dumps(changed)})

    assert sent.params == {"words": "typed"}


def test_what_a_form_stores_passes_the_sanitizer_unchanged(form_of):
    fields = [
        TEXT,
        TEXT | {"name": "h", "tags": ["strong", "a"]},
        TEXT | {"name": "n", "type": "number", "min": 0},
    ]
    form = form_of(*fields)
    typed = {
        "params/words": 'a < b & "c"',
        "params/h": '<a href="javascript:x" onclick=y>z</a>',
        "params/n": "4",
    }

    params = sent_again(form, **typed).params

    name = LibraryName.parse("T.Main 1.0")
    assert Sanitizer({name: form.library.fields}.get).content(name, params).params == params


@given(words)
def test_escaping_is_undone_exactly(text):
    assert (
        unescape(escaped(text)) == text
        or "\r" in text
        or any(ord(one) < 32 or 127 <= ord(one) < 160 for one in text)
    )


# Size.

QUESTIONS = {"name": "questions", "type": "list", "label": "Questions", "field": PART | {"name": "question"}}


def many(count):
    part = {"library": "T.Inner 1.0", "params": {"words": "x"}, "metadata": {"title": "Q"}}
    return {
        "questions": [
            part | {"subContentId": f"{number:08d}-0000-4000-8000-000000000000"} for number in range(count)
        ]
    }


def test_a_form_asks_as_often_for_fifty_parts_as_for_two(form_of, django_assert_num_queries):
    form = form_of(QUESTIONS, others=[INNER])
    user = form.around.user

    def ask(count):
        drawn = ContentForm(form.library, user=user, params=many(count))
        drawn.render()
        assert sent_again(drawn).params == drawn.params

    with django_assert_num_queries(6):
        ask(2)
    with django_assert_num_queries(6):
        ask(50)


def test_long_lists_of_parts_are_light_and_open_where_something_is_wrong(form_of):
    form = form_of(QUESTIONS, params=many(50), others=[INNER, OTHER], metadata={"title": "T"})
    assert form.render().count("data-closed") == 50

    broken = many(50)
    broken["questions"][7]["params"] = {"words": ""}
    sent = sent_again(
        ContentForm(form.library, user=form.around.user, params=broken, metadata={"title": "T"})
    )
    assert list(sent.errors) == ["params/questions/7/params/words"]
    assert sent.render().count("data-closed") == 49
    assert "Part 8: “Words” is empty." in sent.render()


def test_two_thousand_fields_are_taken(form_of):
    listed = {"name": "many", "type": "list", "label": "Many", "field": TEXT | {"name": "one"}}
    form = form_of(listed)
    pairs = [["metadata/title", "T"]]
    for number in range(1000):
        pairs += [["params/many:item", f"k{number}"], [f"params/many/k{number}", f"w{number}"]]

    sent = ContentForm(form.library, user=form.around.user, data={"form:whole": json.dumps(pairs)})

    assert sent.is_valid()
    assert len(sent.params["many"]) == 1000


# Parts of forms.


def ask_for(client, **values):
    return client.post(reverse("h5p_staff:form_fragment"), values)


def test_a_page_asks_for_items_and_for_the_fields_of_a_type(client, form_of, author):
    form_of(QUESTIONS, ANSWERS, others=[INNER])
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    owner = "T.Main 1.0"

    item = ask_for(client, owner=owner, at="answers", name="params/answers", item="n1").content.decode()
    assert 'name="params/answers/n1/words"' in item
    assert 'value="up:params/answers/n1"' in item
    part = ask_for(
        client,
        owner=owner,
        at="questions/*",
        name="params/questions/n2",
        value=json.dumps({"library": "T.Inner 1.0"}),
    ).content.decode()
    assert 'name="params/questions/n2/params/words"' in part
    authors = ask_for(
        client, owner="metadata", at="authors", name="metadata/authors", item="n1"
    ).content.decode()
    assert 'name="metadata/authors/n1/name"' in authors
    nested = ask_for(client, owner="T.Inner 1.0", at="words", name="params/questions/n2/params/words")
    assert nested.status_code == 200


def test_an_item_is_copied_as_it_is_written_with_identifiers_of_its_own(client, form_of, author):
    form_of(QUESTIONS, others=[INNER])
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    old = "00000007-0000-4000-8000-000000000000"
    part = {"library": "T.Inner 1.0", "params": {"words": "as stored"}, "subContentId": old}
    start = {
        "owner": "T.Main 1.0",
        "at": "questions",
        "name": "params/questions",
        "item": "n2",
        "copied": "0",
    }
    written = [
        ["params/questions/0:type", "T.Inner 1.0"],
        ["params/questions/0:drawn", "T.Inner 1.0"],
        ["params/questions/0:part", old],
        ["params/questions/0/params/words", "as typed"],
    ]

    opened = ask_for(client, **start, **{"form:whole": json.dumps(written)}).content.decode()
    closed = [["params/questions/0:closed", json.dumps(part)]]
    other = ask_for(client, **start, **{"form:whole": json.dumps(closed)}).content.decode()

    assert 'name="params/questions/n2/params/words"' in opened
    assert 'value="as typed"' in opened
    assert 'value="as stored"' in other
    assert old not in opened + other


@pytest.mark.parametrize(
    "values",
    [
        {"owner": "T.Main 1.0", "at": "nothing", "name": "params/x"},
        {"owner": "T.Nobody 1.0", "at": "answers", "name": "params/answers"},
        {"owner": "T.Main 1.0", "at": "answers", "name": '"><script>'},
        {"owner": "T.Main 1.0", "at": "answers", "name": "params/answers", "item": "../"},
        {"owner": "T.Main 1.0", "at": "answers/*/words", "name": "params/w", "item": "n1"},
        {},
    ],
)
def test_a_part_that_is_nowhere_is_refused(client, form_of, author, values):
    form_of(ANSWERS)
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert ask_for(client, **values).status_code == 400


def test_only_authors_ask_for_parts(client, form_of):
    form_of(ANSWERS)
    wanted = {"owner": "T.Main 1.0", "at": "answers", "name": "params/answers"}

    assert ask_for(client, **wanted).status_code == 302
    client.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert ask_for(client, **wanted).status_code in (302, 403)


def test_authors_see_the_pictures_that_content_has(client, form_of, author):
    picture = make_image()
    form = form_of({"name": "pic", "type": "image", "label": "Picture"}, metadata={"title": "T"})
    done = sent_again(form, **{"params/pic": str(picture.pk)})
    drawn = ContentForm(form.library, user=author, params=done.params, files=done.store_files())
    (path, address), *_others = json.loads(drawn.pictures).items()
    assert path == done.params["pic"]["path"]

    assert client.get(address).status_code == 302
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = client.get(address)
    assert shown["Content-Type"] == "image/png"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert client.get(address.replace("~", "~x")).status_code == 404


def test_what_is_drawn_elsewhere_says_so(form_of):
    drawn = {
        "name": "film",
        "type": "group",
        "widget": "interactiveVideo",
        "label": "Film editor",
        "fields": [TEXT, TEXT | {"name": "b"}],
    }

    form = form_of(drawn)

    assert "drawn editor in other systems" in form.notes[0]
    assert 'name="params/film/words"' in form.render()
    assert form_of(TEXT).notes == []
