"""The demo's mailbox: that it keeps everything, shows it safely, and is nowhere else."""

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.outbox.mailbox import Piece, pieces
from foundation.outbox.models import MailboxMessage

pytestmark = pytest.mark.django_db

LIST = "/mailbox/"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO_MAILBOX = True


def deliver(subject="Hello", text="Good morning", to=("amina@example.org",), html="", **fields):
    """Send an e-mail the way Django and allauth do."""
    message = EmailMultiAlternatives(
        subject, text, "Site <site@example.org>", list(to), connection=get_connection(BACKEND), **fields
    )
    if html:
        message.attach_alternative(html, "text/html")
    assert message.send() == 1
    return MailboxMessage.objects.latest("pk")


BACKEND = "foundation.outbox.mailbox.EmailBackend"


def page_of(client, message):
    return client.get(reverse("outbox:mailbox_message", args=[message.pk]), follow=True)


def test_what_is_attached_as_text_can_be_read(client):
    message = deliver(attachments=[("interview.ics", "BEGIN:VCALENDAR", "text/calendar; method=REQUEST")])

    page = page_of(client, message).text

    assert "interview.ics" in page
    assert "BEGIN:VCALENDAR" in page


def test_every_e_mail_is_kept_with_all_its_recipients():
    message = deliver(cc=["chair@example.org"], bcc=["log@example.org"], headers={"X-Kind": "test"})

    assert message.to == "amina@example.org, chair@example.org, log@example.org"
    assert (message.subject, message.text, message.headers["X-Kind"]) == ("Hello", "Good morning", "test")


def test_a_forged_header_is_refused_as_a_mail_server_would():
    with pytest.raises(BadHeaderError):
        deliver(subject="Hello\nBcc: everybody@example.org")

    assert not MailboxMessage.objects.exists()


def test_an_e_mail_of_html_alone_can_be_read():
    message = deliver(text="", html="<p>Good <b>evening</b></p>")

    assert message.text == "Good evening"


def test_the_newest_comes_first_and_anybody_may_read(client):
    deliver("Older")
    deliver("Newer")

    page = client.get(LIST).content.decode()

    assert page.index("Newer") < page.index("Older")


def test_one_address_can_be_picked_out(client):
    deliver("For Amina")
    deliver("For Khalil", to=["khalil@example.org"])

    page = client.get(LIST, {"to": "KHALIL@example"}).content.decode()

    assert "For Khalil" in page
    assert "For Amina" not in page


@pytest.mark.parametrize("query", [{}, {"to": "nobody@example.org"}, {"to": "x" * 300}, {"page": "seven"}])
def test_an_empty_mailbox_and_odd_questions_get_a_sentence(client, query):
    response = client.get(LIST, query)

    assert response.status_code == 200
    assert "No e-mail" in response.content.decode()


def test_links_can_be_followed_and_nothing_else_is_live(client):
    message = deliver(
        subject="<script>alert(1)</script>",
        text="See http://localhost:8000/en/x/?a=1&b=2.\njavascript:alert(1) <img src=x onerror=alert(1)>",
        html="<script>alert(2)</script>",
    )

    page = page_of(client, message).content.decode()

    assert 'href="http://localhost:8000/en/x/?a=1&amp;b=2"' in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("https://a.org/x.", [Piece("https://a.org/x", "https://a.org/x"), Piece(".")]),
        ("(http://a.org)", [Piece("("), Piece("http://a.org", "http://a.org"), Piece(")")]),
        (
            "انظر https://a.org/y، ثم",
            [Piece("انظر "), Piece("https://a.org/y", "https://a.org/y"), Piece("، ثم")],
        ),
        ("ftp://a.org data:text/html,x", [Piece("ftp://a.org data:text/html,x")]),
        ("", []),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(line, found):
    assert pieces(line) == found


def test_an_unknown_message_is_not_found(client):
    assert client.get(reverse("outbox:mailbox_message", args=[404]), follow=True).status_code == 404


def test_nothing_is_changed_by_a_visitor(client):
    assert client.post(LIST).status_code == 405


def test_where_real_people_are_written_to_there_is_no_mailbox(client, settings):
    message = deliver()
    settings.DEMO_MAILBOX = False

    assert client.get(LIST, follow=True).status_code == 404
    assert page_of(client, message).status_code == 404


def test_the_operator_is_warned_that_the_mailbox_is_public(settings, capsys):
    call_command("check", "--deploy", "--tag", "security")
    assert "outbox.W001" in capsys.readouterr().err

    settings.DEMO_MAILBOX = False
    call_command("check", "--deploy", "--tag", "security")
    assert "outbox.W001" not in capsys.readouterr().err


def test_twelve_messages_cost_as_many_queries_as_two(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    deliver()
    deliver()
    queries()
    few = queries()
    for _time in range(10):
        deliver()

    assert queries() == few
