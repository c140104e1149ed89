"""Statements as players send them."""

IRI = "https://example.org/h5p/activities/5f0c"
VERBS = "http://adlnet.gov/expapi/verbs/"
CONSUME = "http://activitystrea.ms/schema/1.0/consume"
SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
PART = "1b4f0c5e-77a1-4a0f-a9a3-6f1f3c0d7a11"


def statement(
    verb="completed", *, part="", iri=IRI, raw=None, maximum=None, duration=None, response=None, **asked
):
    """One statement about the whole, or about a part of it."""
    extensions = {"http://h5p.org/x-api/h5p-local-content-id": 42}
    if part:
        extensions[SUB_CONTENT] = part
    result = {}
    if raw is not None:
        result["score"] = {"min": 0, "max": maximum, "raw": raw, "scaled": 0.5}
    if duration:
        result["duration"] = duration
    if response is not None:
        result["response"] = response
    return {
        "actor": {"name": "Somebody else", "mbox": "mailto:else@example.org", "objectType": "Agent"},
        "verb": {"id": verb if ":" in verb else VERBS + verb, "display": {"en-US": verb}},
        "object": {
            "id": f"{iri}?subContentId={part}" if part else iri,
            "objectType": "Activity",
            "definition": {"extensions": extensions, **described(**asked)},
        },
        "result": {**result, "success": True},
    }


def described(kind="", name="", description="", choices=(), sources=(), targets=(), patterns=()):
    """What was asked, as xAPI says it."""
    definition = {"name": {"en-US": name}, "description": {"en-US": description}}
    if kind:
        definition |= {"type": "http://adlnet.gov/expapi/activities/cmi.interaction", "interactionType": kind}
    for key, given in (("choices", choices), ("source", sources), ("target", targets)):
        if given:
            definition[key] = [{"id": str(n), "description": {"en-US": text}} for n, text in enumerate(given)]
    if patterns:
        definition["correctResponsesPattern"] = list(patterns)
    return definition


def choice(part=PART, *, response="0", raw=1, maximum=1):
    """An answer to a multiple choice."""
    return statement(
        "answered",
        part=part,
        raw=raw,
        maximum=maximum,
        response=response,
        kind="choice",
        description="<p>Who may seal an exhibit?</p>\n",
        choices=["<div>The officer who found it</div>\n", "<div>Anybody present</div>\n"],
        patterns=["0"],
    )


def tree(*children, **values):
    """A result of the whole with what the content says of its answers."""
    root = statement("completed", **values)
    below = [{"statement": child, "children": []} for child in children]
    return {"statement": root, "tree": {"statement": root, "children": below}}
