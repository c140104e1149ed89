"""What a trainer does in the CMS, step by step, as a person would."""

import re

from playwright.sync_api import expect


def entitle(page, title):
    """Type the title of a new page; its address follows a moment later."""
    page.get_by_role("textbox", name="Title").fill(title)
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def save_draft(page):
    """Save, and wait until the CMS says so."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    page.get_by_role("listitem").filter(
        has_text=re.compile("Page '.+' (created|saved|has been updated)")
    ).first.wait_for()


def add_block(page, kind, place="Body"):
    """Put a block at the end of a body; answers with it."""
    section = page.get_by_role("region", name=place).first
    section.get_by_role("button", name="Insert a block").last.click()
    options = page.get_by_role("option", name=kind, exact=True)
    options.first.click()
    return section


def write_prose(page, section, words):
    """Type into the rich text that was added last."""
    editor = section.locator("[contenteditable=true]").last
    editor.click()
    editor.press_sequentially(words)
    typed(page, words)


def typed(page, words):
    """Wait until the editor has taken the words over into its form: it does so a moment after the last key."""
    script = (
        "words => [...document.querySelectorAll('input[type=hidden]')].some(one => one.value.includes(words))"
    )
    page.wait_for_function(script, arg=words)


def write_line(page, editor, words):
    """Type into one of the editors of a form, and wait until the form has it."""
    editor.click()
    page.keyboard.type(words)
    typed(page, words)


def write_question(page, stem, options, right):
    """Fill the form of a single-choice question; `options` are (words, feedback)."""
    write_line(page, page.get_by_role("textbox", name="Question", exact=True), stem)
    editors = page.get_by_role("textbox", name="Option", exact=True)
    for number, (words, feedback) in enumerate(options):
        if editors.count() <= number:
            page.get_by_role("button", name="Add an option").click()
        row = page.locator("[data-row]").filter(has=editors).nth(number)
        write_line(page, row.get_by_role("textbox", name="Option", exact=True), words)
        write_line(page, row.get_by_role("textbox", name=re.compile("Feedback")), feedback)
        if number == right:
            row.get_by_role("checkbox", name="Right").check()
