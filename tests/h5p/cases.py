"""Cases made up for the tests of the content types that hold them."""

CARDS, ACCORDION = "JusticeKit.Flashcards", "JusticeKit.Accordion"

SCENARIO, EVIDENCE = "JusticeKit.DecisionScenario", "JusticeKit.EvidenceFile"


def choice(text, to, quality="none", **more):
    return {"text": text, "next": to, "quality": quality, **more}


def scene(name, *choices, **more):
    return {
        "name": name,
        "heading": name.title(),
        "text": f"<p>At {name}.</p>",
        "choices": list(choices),
        **more,
    }


def ending(name, outcome="neutral"):
    return {"name": name, "heading": name.title(), "outcome": outcome, "text": f"<p>{name}.</p>"}


def scenario(**changes):
    return {
        "introduction": "<p>You are on duty.</p>",
        "scenes": [
            scene(
                "gate",
                choice(
                    "Search &amp; ask later",
                    "cell",
                    "unsound",
                    consequence="<p>She falls silent.</p>",
                    reason="<p>No ground for a search.</p>",
                ),
                choice(
                    "Ask first",
                    " Yard ",
                    "sound",
                    reason="<p>Ask before you act.</p>",
                    source="Article 9",
                    sourceAddress="https://example.org/article-9",
                ),
            ),
            scene("yard", choice("Wait", "free", "defensible"), choice("Call", "free", "sound")),
            scene("cell", choice("Let go", "free", "sound", points=1), choice("Hold", "held", "unsound")),
        ],
        "endings": [ending("free", "good"), ending("held", "poor")],
        "closing": "<p>What every path teaches.</p>",
        **changes,
    }


def ask_graph(host, params, expression):
    """Ask the graph of a scenario; `graph` and `s` are at hand."""
    return host.page.evaluate(
        f"(params) => {{ const s = JusticeKit.scenario; const graph = s.read(params); return {expression}; }}",
        params,
    )


def remarks(host, name, params):
    """What an author reads in a preview, where nothing is reported."""
    return host.page.evaluate(
        """([name, params]) => {
            H5PIntegration.postUserStatistics = false;
            const it = new JusticeKit[name](params, 1, {});
            it.attach(H5P.jQuery('<div>').appendTo('main'));
            H5PIntegration.postUserStatistics = true;
            return [...it.root.querySelectorAll('.jk-remarks li')].map((one) => one.textContent);
        }""",
        [name.removeprefix("JusticeKit."), params],
    )
