"""Two clicks and two tabs at the very same moment: one form makes one version, and no version is lost."""

from uuid import uuid4

import pytest

from h5p.models import Content, ContentVersion
from h5p.services.contents import SavedMeanwhile, save_draft
from tests.factories.h5p import make_content, make_library
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def saving(content, form_key, words="Who?"):
    """One form on its way."""
    name = make_library().name
    return lambda: save_draft(
        content,
        form_key=form_key,
        base=1 if content else None,
        by=None,
        title="Custody",
        library=name,
        params={"question": f"<p>{words}</p>"},
        files={},
    )


@pytest.mark.parametrize("is_new", [True, False])
def test_two_clicks_at_once_save_one_version(is_new):
    content, form_key = None if is_new else make_content(), uuid4()
    before = ContentVersion.objects.count()

    saved = at_once(*[saving(content, form_key)] * 4)

    assert {one.pk for one in saved} == {ContentVersion.objects.get(form_key=form_key).pk}
    assert ContentVersion.objects.count() == before + 1
    assert Content.objects.count() == 1


def test_of_two_tabs_at_once_one_saves_and_the_other_is_told():
    content = make_content()

    saved = at_once(saving(content, uuid4(), "One"), saving(content, uuid4(), "Two"))

    assert sorted(type(one).__name__ for one in saved) == ["ContentVersion", "SavedMeanwhile"]
    assert content.versions.count() == 2
    assert next(one for one in saved if isinstance(one, SavedMeanwhile)).newest.number == 2
