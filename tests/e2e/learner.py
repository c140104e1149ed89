"""What a learner does on the site, step by step, in any language of the interface.

Things are found by the words of that language: a string without a translation is found by its English words, and
tests of the catalogues see to it that there is none.
"""

import hashlib
import re

from django.utils.translation import gettext, override
from playwright.sync_api import expect

from accounts.models import User
from certificates.models import Award

PASSWORD = "a long enough password"


class Learner:
    """Somebody at a browser who looks closely at every page."""

    def __init__(self, page, site, look, language="en"):
        self.page, self.site, self.language = page, site, language
        self._look = look
        self.main = page.get_by_role("main")

    def t(self, words, **values):
        """The words as the site says them in this language."""
        with override(self.language):
            return gettext(words) % values if values else gettext(words)

    def go(self, path):
        """Open a page of this language."""
        self.page.goto(f"{self.site}/{self.language}{path}")

    def look(self):
        """Nothing serious for axe, mirrored where the language is, nothing wider than the window."""
        self._look(self.page)
        root = self.page.locator("html")
        if "/mailbox/" not in self.page.url:
            expect(root).to_have_attribute("lang", self.language)
            expect(root).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")

    def press(self, words):
        """Press a button by its words; it leads to a page."""
        self.lead(self.main.get_by_role("button", name=self.t(words), exact=True))

    def follow(self, words):
        """Follow a link by its words, the first where there are several."""
        self.lead(self.main.get_by_role("link", name=words, exact=True).first)

    def lead(self, target):
        """Click and wait for the next page."""
        with self.page.expect_navigation():
            target.click()

    def fill(self, label, value):
        """Fill a field by its label."""
        self.main.get_by_label(self.t(label)).fill(value)

    def sees(self, words, **values):
        """The sentence is there."""
        expect(self.main.get_by_text(self.t(words, **values)).first).to_be_visible()

    # --- getting in ---

    def register_and_confirm(self, email, given, family):
        """Create an account, read the e-mail, follow its link, sign in."""
        self.go("/accounts/signup/")
        self.look()
        self.fill("Given names", given)
        self.fill("Family name", family)
        self.main.locator("[name=email]").fill(email)
        self.main.locator("[name=password1]").fill(PASSWORD)
        self.lead(self.main.locator("form[action*=signup] button[type=submit], form button.button").first)
        self.look()
        self.page.goto(f"{self.site}/mailbox/")
        self.look()
        self.lead(self.main.locator("ol.listing a").first)
        self.look()
        self.lead(self.main.get_by_role("link", name=re.compile("confirm-email")))
        self.look()
        self.lead(self.main.locator("form button").first)
        self.go("/accounts/logout/")
        self.look()
        self.lead(self.main.locator("form button").first)
        self.sign_in(email)

    def sign_in(self, email):
        """By address and password."""
        self.go("/accounts/login/")
        self.look()
        self.main.locator("[name=login]").fill(email)
        self.main.locator("[name=password]").fill(PASSWORD)
        self.lead(self.main.locator("form[action*=login] button.button").first)

    def fill_the_profile(self, email, country, profession):
        """Answer what reports need, once."""
        self.go("/accounts/profile/")
        self.look()
        self.main.locator("[name=country]").select_option(label=country)
        self.main.locator("[name=gender]").select_option(value="undisclosed")
        self.main.locator("[name=profession]").select_option(label=profession)
        self.press("Save")
        assert User.objects.get(email=email).profile_completed_at

    def enrol_with_a_key(self, course, key):
        """From the front page to a place; a wrong key first."""
        self.go("/")
        self.look()
        self.go("/courses/")
        self.look()
        self.follow(course)
        self.look()
        self.lead(self.main.locator(".course__action a.button"))
        self.look()
        self.fill("Enrolment key", "not the key")
        self.press("Enrol in this course")
        expect(self.main.locator("[name=key]")).to_have_value("not the key")
        expect(self.main.locator("[name=key]")).to_have_attribute("aria-invalid", "true")
        self.look()
        self.fill("Enrolment key", key)
        self.press("Enrol in this course")
        self.look()

    # --- learning ---

    def mark_the_first_lesson(self, lesson):
        """Read a lesson and say so."""
        self.lead(self.main.locator(".button", has_text=self.t("Begin")).first)
        expect(self.page.get_by_role("heading", name=lesson, level=1)).to_be_visible()
        self.look()
        self.main.get_by_role("button", name=self.t("Mark as read"), exact=True).click()
        self.sees("You have read this lesson.")
        self.look()

    def open_next(self, lesson):
        """Go on to the next lesson."""
        self.lead(self.main.locator("a[rel=next]"))
        expect(self.page.get_by_role("heading", name=lesson, level=1)).to_be_visible()
        self.look()

    def open_the_quiz(self):
        """From the lesson to the page of the quiz."""
        self.follow(self.t("Open the quiz"))
        self.look()

    def answer(self, *answers):
        """Choose an answer to each question by its words, in order, and wait until each is saved."""
        for number, words in enumerate(answers, start=1):
            question = self.page.locator(f"#question-{number}")
            question.get_by_text(words).click()
            expect(question.locator(".saved")).to_be_visible()

    def hand_in(self):
        """Look the answers over and hand them in."""
        self.press("Look over your answers")
        self.look()
        self.press("Hand in")

    def fail_and_pass(self, wrong, right):
        """Fail the quiz, see no answer key, try again and pass."""
        self.press("Begin the quiz")
        self.look()
        self.answer(*wrong)
        self.hand_in()
        self.sees("Not passed yet")
        assert self.main.get_by_text(self.t("Correct answer")).count() == 0, "attempts are left"
        self.look()
        self.follow(self.t("Try again"))
        self.press("Try again")
        self.answer(*right)
        self.hand_in()
        self.sees("Passed")
        self.look()

    # --- the certificate ---

    def receive_the_certificate(self, name):
        """Confirm the printed name, download the paper; answers with the award."""
        self.follow(self.t("See your awards"))
        self.look()
        self.follow(self.t("Confirm your name"))
        self.look()
        self.fill("Your name on certificates", name)
        self.press("Confirm this name")
        expect(self.page.get_by_role("img", name=name)).to_be_visible()
        self.look()
        self.press("Confirm this name")
        self.go("/awards/")
        self.look()
        with self.page.expect_download() as downloading:
            self.main.locator("a[href*='/download/']").click()
        award = Award.objects.get()
        paper = downloading.value.path().read_bytes()
        with award.file.open() as stored:
            assert paper == stored.read()
        assert paper.startswith(b"%PDF-")
        assert hashlib.sha256(paper).hexdigest() == award.sha256
        assert award.snapshot["name"] == name
        return award

    def verify(self, code, *facts):
        """As a stranger: type the code, read one word and six facts."""
        self.go("/verify/")
        self.look()
        self.main.locator("[name=code]").fill(code.lower())
        self.press("Verify")
        expect(self.page.locator(".verdict--valid h1")).to_contain_text(self.t("Valid"))
        assert self.main.locator("dt").count() == 6
        for fact in facts:
            expect(self.main).to_contain_text(fact)
        self.look()
