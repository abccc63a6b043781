"""What the model says to each question, how it is made to stumble, and how often it was asked."""

from collections import Counter, defaultdict, deque

from bot.playground.model.recorded import Outcome, Recorded, Recordings
from bot.playground.model.scripted.answer import Answer, Reply
from bot.playground.model.scripted.asked import Asked

WORDS = ("quick", "brown", "foxes", "jump", "over", "lazy", "dogs", "while", "small", "birds", "look", "on")


class Mind:
    """A brain for the stand-in. Every question has one right answer; `first` is what comes before it.

    `beside` has, for each of `requests`, the questions that were being answered as it came.
    """

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self._under_way: list[tuple[str, Recorded]] = []
        self.beside: list[tuple[str, ...]] = []
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
        for each in (self.calls, self.requests, self.beside, self.answers, self._first):
            each.clear()

    def __call__(self, asked: Asked) -> Reply:
        """The next reply to the question."""
        self.calls[asked.question] += 1
        self.requests.append(asked)
        self._look_beside(asked)
        first = self._first.get(asked.question)
        if first:
            return first.popleft()
        return Answer(self.answers.get(asked.question, "That is nothing that I was asked."), delay=0.002)

    def _look_beside(self, asked: Asked) -> None:
        self._under_way = [each for each in self._under_way if each[1].outcome is Outcome.RUNNING]
        self.beside.append(tuple(question for question, _ in self._under_way))
        if recorded := self._recordings.find(asked.id):
            self._under_way.append((asked.question, recorded))


def words(number: int, count: int = 40) -> str:
    """An answer like no other."""
    said = [WORDS[(number + each) % len(WORDS)] for each in range(count)]
    return f"Answer {number}: {' '.join(said)}, and that was answer {number}."
