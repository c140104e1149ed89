"""Takes the pictures of docs/ from a site that runs the demo.

    python scripts/screenshots.py http://localhost:8000

Needs Chromium. The pictures are kept small: few colours are enough for pages without photographs.
"""

import io
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = re.search(r'PASSWORD = "(.+)"', (ROOT / "lms/demo/personas.py").read_text())[1]
DESK = {"width": 1280, "height": 860}
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


class Camera:
    """Somebody at a browser who keeps pictures of what they see."""

    def __init__(self, browser, site, email=None, viewport=None):
        context = browser.new_context(
            viewport=viewport or DESK, color_scheme="light", reduced_motion="reduce"
        )
        self.site, self.page = site, context.new_page()
        if email:
            self.page.goto(f"{site}/en/accounts/login/")
            self.page.locator("[name=login]").fill(email)
            self.page.locator("[name=password]").fill(PASSWORD)
            with self.page.expect_navigation():
                self.page.locator("[name=password]").press("Enter")

    def go(self, path):
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def take(self, name):
        """Keep what the window shows as docs/images/<name>.png."""
        self.page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        picture.quantize(64, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def learner_pictures(browser, site):
    """The catalogue, a lesson, the same on a phone in Arabic, and a verified certificate."""
    stranger = Camera(browser, site)
    stranger.go("/en/courses/")
    stranger.take("catalogue")
    judge = Camera(browser, site, "judge@demo.example")
    page = judge.go("/en/learn/")
    judge.take("my-learning")
    page.get_by_role("link", name=re.compile("^Continue")).first.click()
    judge.take("lesson")


def trainer_pictures(browser, site):
    """A quiz of a course, and one of its questions beside its preview."""
    trainer = Camera(browser, site, "trainer@demo.example")
    page = trainer.go("/cms/quizzes/")
    page.get_by_role("link", name="Check: words and methods of tracing").click()
    trainer.take("authoring-quiz")
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.get_by_role("button", name="Preview", exact=True).click()
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    trainer.take("authoring-question")


def main():
    """Take every picture."""
    site = sys.argv[1].rstrip("/")
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        learner_pictures(browser, site)
        trainer_pictures(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
