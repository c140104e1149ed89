"""Matching the regular expressions of semantics in time that grows with the text only.

A stranger's pattern may backtrack for years in an ordinary matcher. This one follows all paths at once, letter by
letter (Thompson's construction), so it knows neither back-references nor look-around: for those `compile_pattern`
returns None, and nothing is enforced.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST_PATTERN = 500
MOST_STATES = 1000
MOST_STEPS = 500_000
MOST_REPEATS = 200
CLASSES = {
    "d": lambda letter: letter in "0123456789",
    "w": lambda letter: letter.isascii() and (letter.isalnum() or letter == "_"),
    "s": str.isspace,
}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
QUANTIFIER = re.compile(r"\{(\d{1,4})(,?)(\d{0,4})\}")


class NotSupported(Exception):
    """The pattern holds something that cannot be matched in linear time, or is none."""


@dataclass
class State:
    """A place in the machine: a test of one letter, an anchor, or a fork. `out` is where it leads."""

    test: object = None
    anchor: str = ""
    out: list = field(default_factory=list)


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern."""

    start: State
    end: State
    ignore_case: bool
    states: int

    def matches(self, text: str) -> bool:
        """Whether the pattern is found somewhere in the text. What is too long to be looked at counts as found."""
        if len(text) * self.states > MOST_STEPS:
            return True
        if self.ignore_case:
            text = text.lower()
        current: dict[int, State] = {}
        for at in range(len(text) + 1):
            follow([self.start], at, text, current)
            if id(self.end) in current:
                return True
            if at == len(text):
                return False
            stepped = [
                out for state in current.values() if state.test and state.test(text[at]) for out in state.out
            ]
            current = {}
            follow(stepped, at + 1, text, current)
        return False


def follow(states: list[State], at: int, text: str, into: dict[int, State]) -> None:
    """Add the states and all that can be reached from them without reading a letter."""
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if id(state) in into or (state.anchor and not anchor_holds(state.anchor, at, text)):
            continue
        into[id(state)] = state
        if state.test is None:
            waiting.extend(state.out)


def anchor_holds(anchor: str, at: int, text: str) -> bool:
    r"""Whether ^, $, \b or \B holds between two letters."""
    if anchor == "^":
        return at == 0
    if anchor == "$":
        return at == len(text)
    is_word = CLASSES["w"]
    edge = (at > 0 and is_word(text[at - 1])) != (at < len(text) and is_word(text[at]))
    return edge == (anchor == "b")


@lru_cache(maxsize=256)
def compile_pattern(source: str, modifiers: str = "") -> Pattern | None:
    """The pattern of JavaScript's and PHP's common ground, or None where it cannot be bounded."""
    ignore_case = "i" in modifiers
    try:
        parser = Parser(source, ignore_case)
        start, end = parser.parse()
    except (NotSupported, RecursionError):
        return None
    return Pattern(start, end, ignore_case, parser.states)


class Parser:
    """Reads a pattern into a machine of states."""

    def __init__(self, source: str, ignore_case: bool):
        if len(source) > LONGEST_PATTERN:
            raise NotSupported
        self.source, self.ignore_case, self.at, self.states = source, ignore_case, 0, 0

    def parse(self) -> tuple[State, State]:
        """The whole pattern."""
        fragment = self.alternatives()
        if self.at != len(self.source):
            raise NotSupported
        return fragment

    def state(self, **values) -> State:
        """One more state, up to the cap."""
        self.states += 1
        if self.states > MOST_STATES:
            raise NotSupported
        return State(**values)

    def peek(self) -> str:
        """The next letter, or nothing."""
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        """The next letter, which must be there."""
        letter = self.peek()
        if not letter:
            raise NotSupported
        self.at += 1
        return letter

    def alternatives(self) -> tuple[State, State]:
        """One or more sequences with | between them."""
        start, end = self.state(), self.state()
        while True:
            first, last = self.sequence()
            start.out.append(first)
            last.out.append(end)
            if self.peek() != "|":
                return start, end
            self.at += 1

    def sequence(self) -> tuple[State, State]:
        """Pieces one after another."""
        start = end = self.state()
        while self.peek() not in ("", "|", ")"):
            first, last = self.repeated()
            end.out.append(first)
            end = last
        return start, end

    def repeated(self) -> tuple[State, State]:
        """A piece with its quantifier. The piece is read again for every copy that is needed."""
        begin = self.at
        fragment = self.piece()
        least, most = self.quantifier()
        if (least, most) == (1, 1):
            return fragment
        resume = self.at
        copies = self.copies(begin, fragment)
        start = end = self.state()
        for _ in range(least):
            end = self.append(end, next(copies))
        last = self.state()
        if most is None:
            end.out.append(last)
            self.append(last, next(copies)).out.append(last)
        else:
            for _ in range(most - least):
                end.out.append(last)
                end = self.append(end, next(copies))
            end.out.append(last)
        self.at = resume
        return start, last

    def copies(self, begin: int, fragment: tuple[State, State]):
        """The piece that was read, and then as many new ones as are asked for."""
        yield fragment
        while True:
            self.at = begin
            yield self.piece()

    def append(self, end: State, fragment: tuple[State, State]) -> State:
        """Let a fragment follow; its end is the new one."""
        end.out.append(fragment[0])
        return fragment[1]

    def quantifier(self) -> tuple[int, int | None]:
        """How often: least and most; None is without end. Greedy or lazy makes no difference to whether it matches."""
        letter = self.peek()
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if letter in simple and letter:
            self.at += 1
            bounds = simple[letter]
        elif found := QUANTIFIER.match(self.source, self.at):
            self.at = found.end()
            least = int(found[1])
            bounds = (least, (int(found[3]) if found[3] else None) if found[2] else least)
        else:
            return 1, 1
        if self.peek() == "?":
            self.at += 1
        if bounds[0] > MOST_REPEATS or (bounds[1] or 0) > MOST_REPEATS:
            raise NotSupported
        return bounds

    def piece(self) -> tuple[State, State]:
        """A letter, a class, a group or an anchor."""
        letter = self.take()
        if letter == "(":
            return self.group()
        if letter in "^$":
            return self.single(anchor=letter)
        if letter in "*+?":
            raise NotSupported
        if letter == "\\" and self.peek() in ("b", "B"):
            return self.single(anchor=self.take())
        return self.single(test=self.letter_test(letter))

    def group(self) -> tuple[State, State]:
        """What stands in brackets; only plain groups and those that capture nothing."""
        if self.peek() == "?":
            if self.source[self.at : self.at + 2] != "?:":
                raise NotSupported
            self.at += 2
        fragment = self.alternatives()
        if self.take() != ")":
            raise NotSupported
        return fragment

    def single(self, **values) -> tuple[State, State]:
        """A state of its own with its way out."""
        start, end = self.state(**values), self.state()
        start.out.append(end)
        return start, end

    def letter_test(self, letter: str):
        """The test for one letter of the text."""
        if letter == ".":
            return lambda found: found != "\n"
        if letter == "[":
            return self.character_class()
        if letter == "\\":
            return self.escaped()
        return self.same(letter)

    def same(self, letter: str):
        """The letter itself, in either case where case is ignored."""
        wanted = letter.lower() if self.ignore_case else letter
        return lambda found: found == wanted

    def escaped(self):
        """What follows a backslash."""
        letter = self.take()
        if letter.lower() in CLASSES:
            is_in = CLASSES[letter.lower()]
            return is_in if letter.islower() else lambda found: not is_in(found)
        if letter in "xuckpP" or letter in "123456789":
            raise NotSupported
        return self.same(ESCAPES.get(letter, letter))

    def character_class(self):
        """What stands in square brackets."""
        negated = self.peek() == "^"
        self.at += negated
        tests = []
        while self.peek() != "]":
            tests.append(self.class_item())
        self.at += 1
        return lambda found: any(test(found) for test in tests) != negated

    def class_item(self):
        """A letter, a range or a class inside square brackets."""
        first = self.take()
        if first == "\\":
            return self.escaped()
        if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
            self.at += 1
            last = self.take()
            if last == "\\":
                last = self.take()
            return self.between(first, last)
        return self.same(first)

    def between(self, first: str, last: str):
        """A range of letters, in either case where case is ignored."""
        if self.ignore_case:
            return lambda found: first <= found <= last or first <= found.upper() <= last
        return lambda found: first <= found <= last
