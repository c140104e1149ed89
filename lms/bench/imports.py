"""A file of questions as Moodle writes it, to measure how long it takes to bring in."""

from collections.abc import Iterator
from pathlib import Path

SHARES = (100, 0, 0, 50)
QUESTION = """<question type="multichoice"><name><text>Question {number}</text></name>
<questiontext format="html"><text><![CDATA[<p dir="ltr">What does a judge who receives request {number} for
<b>mutual legal assistance</b> look at first?<br></p>]]></text></questiontext>
<generalfeedback format="html"><text><![CDATA[<p>See the lesson.</p>]]></text></generalfeedback>
<defaultgrade>1.0000000</defaultgrade><idnumber>bench-{number}</idnumber><single>true</single>
{answers}<tags><tag><text>assistance</text></tag></tags></question>
"""
ANSWER = (
    '<answer fraction="{share}" format="html"><text><![CDATA[<p>Answer {place} to request {number}</p>]]></text>'
    '<feedback format="html"><text><![CDATA[<p>Because of article {place}.</p>]]></text></feedback></answer>\n'
)
A_CATEGORY = 500


def write_moodle_file(path: Path, questions: int) -> None:
    """Write that many single-choice questions, some hundred to a category."""
    with path.open("w") as file:
        file.writelines(_pieces(questions))


def _pieces(questions: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    for number in range(questions):
        if number % A_CATEGORY == 0:
            name = f"$course$/top/Part {number // A_CATEGORY + 1}"
            yield f'<question type="category"><category><text>{name}</text></category></question>\n'
        answers = (
            ANSWER.format(share=share, place=place, number=number)
            for place, share in enumerate(SHARES, start=1)
        )
        yield QUESTION.format(number=number, answers="".join(answers))
    yield "</quiz>\n"
