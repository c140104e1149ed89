"""The watch that every browser test keeps over its pages."""

from tests.conftest import PageProblems


def watched(page, html):
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://localhost/")


def test_a_script_error_is_a_problem(browser):
    context, problems = browser.new_context(), PageProblems()
    problems.watch(context)

    watched(context.new_page(), "<title>t</title><script>nobody.knows()</script>")

    assert any("nobody is not defined" in problem for problem in problems.unexpected)


def test_a_request_to_another_site_is_a_problem(browser):
    context, problems = browser.new_context(), PageProblems()
    problems.watch(context)

    watched(context.new_page(), '<title>t</title><img alt="" src="https://cdn.example.com/pixel.gif">')

    assert "request to another site: https://cdn.example.com/pixel.gif" in problems.unexpected


def test_what_a_test_allows_is_no_problem(browser):
    context, problems = browser.new_context(), PageProblems()
    problems.watch(context)
    problems.allow("nobody is not defined")

    watched(context.new_page(), "<title>t</title><script>nobody.knows()</script>")

    assert problems.unexpected == []
