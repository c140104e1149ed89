"""What stays of a snapshot once the person it names was erased: what verification says, and nothing else."""

KEPT = (
    "award",
    "kind",
    "languages",
    "hours",
    "completed_on",
    "valid_until",
    "edition",
    "signatory",
    "signatories",
)
WORDS_KEPT = ("institution", "title", "presented", "achievement", "course", "number_label", "code_label")
WORDS_KEPT += ("verify_label", "direction")


def without_name(snapshot: dict) -> dict:
    """The snapshot without its name, and without all that may be about the person: a grade, the text of a letter."""
    words = {
        language: {key: said[key] for key in WORDS_KEPT if key in said} | {"facts": []}
        for language, said in snapshot["words"].items()
    }
    return {key: snapshot[key] for key in KEPT if key in snapshot} | {"name": "", "words": words}
