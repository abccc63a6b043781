"""What the model says to each question, how it is made to stumble, and how often it was asked."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable

from bot.playground.model.scripted.answer import Answer, Reply
from bot.playground.model.scripted.asked import Asked

WORDS = ("quick", "brown", "foxes", "jump", "over", "lazy", "dogs", "while", "small", "birds", "look", "on")


class Mind:
    """A brain for the stand-in. Every question has one right answer; `first` is what comes before it.

    `under_way` says how many answers are; `at_once` has what it said at each request.
    """

    def __init__(self, under_way: Callable[[], int]) -> None:
        self._under_way = under_way
        self.at_once: list[int] = []
        self.calls: Counter[str] = Counter()
        self.requests: list[Asked] = []
        self.answers: dict[str, str] = {}
        self._first: defaultdict[str, deque[Reply]] = defaultdict(deque)

    def knows(self, question: str, answer: str, *first: Reply) -> None:
        """That question is answered so, after those replies."""
        self.answers[question] = answer
        self._first[question].extend(first)

    def recovers(self) -> None:
        """Say nothing but right answers from now on, whatever was to come before them."""
        self._first.clear()

    def forget(self) -> None:
        """What was asked so far is not asked again."""
        for each in (self.calls, self.requests, self.at_once, self.answers, self._first):
            each.clear()

    def __call__(self, asked: Asked) -> Reply:
        """The next reply to the question."""
        self.calls[asked.question] += 1
        self.requests.append(asked)
        self.at_once.append(self._under_way())
        first = self._first.get(asked.question)
        if first:
            return first.popleft()
        return Answer(self.answers.get(asked.question, "That is nothing that I was asked."), delay=0.002)


def words(number: int, count: int = 40) -> str:
    """An answer like no other."""
    said = [WORDS[(number + each) % len(WORDS)] for each in range(count)]
    return f"Answer {number}: {' '.join(said)}, and that was answer {number}."
