"""Who imports and who decides."""

import pytest

from accounts.models import Role
from h5p.authoring import ContentForm
from tests.factories.accounts import make_person, make_staff
from tests.h5p.forms import install
from tests.h5p.playing_host import Host


@pytest.fixture
def author(db):
    return make_staff(Role.AUTHOR)


@pytest.fixture
def manager(db):
    return make_staff(Role.H5P_MANAGER)


@pytest.fixture
def learner(db):
    return make_person()


@pytest.fixture
def form_of(author):
    """The form of a type with these fields."""

    def made(*fields, params=None, others=(), **more):
        library = install(("T.Main", list(fields)), *others)
        return ContentForm(library, user=author, params=params, **more)

    return made


@pytest.fixture
def host(new_context):
    """A page that plays content without the site."""
    context = new_context(viewport={"width": 720, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(5000)
    return Host(context.new_page())
