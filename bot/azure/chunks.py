"""The chunks of a stream, read leniently: any part of one may be missing, empty or null."""

from dataclasses import dataclass, field

from bot.chat.turns import Usage


@dataclass(slots=True)
class Reading:
    """What the chunks of one answer have said so far, apart from the words themselves.

    `finish` is the finish reason; `thought` whether there was reasoning; the filter's categories are kept by
    what they are about, the prompt or the answer.
    """

    finish: str | None = None
    usage: Usage = field(default_factory=Usage)
    thought: bool = False
    prompt_filtered: tuple[str, ...] = ()
    answer_filtered: tuple[str, ...] = ()

    def take(self, chunk: object) -> str:
        """The words in a chunk, which may be none."""
        if not isinstance(chunk, dict):
            return ""
        if usage := chunk.get("usage"):
            self._count(usage)
        if results := chunk.get("prompt_filter_results"):
            self.prompt_filtered = filtered_prompt(results)
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return ""
        return self._choose(choices[0])

    def _choose(self, choice: dict[str, object]) -> str:
        if reason := choice.get("finish_reason"):
            self.finish = str(reason)[:40]
        if (results := choice.get("content_filter_results")) and (found := filtered(results)):
            self.answer_filtered = found
        delta = choice.get("delta")
        if not isinstance(delta, dict):
            said = choice.get("text")
        else:
            # A refusal is an answer too, in the model's own words.
            said = delta.get("content") or delta.get("refusal")
            self.thought = self.thought or bool(delta.get("reasoning_content"))
        return said if isinstance(said, str) else ""

    def _count(self, usage: object) -> None:
        prompt, completion = _part(usage, "prompt_tokens_details"), _part(usage, "completion_tokens_details")
        self.usage = Usage(
            prompt=_number(usage, "prompt_tokens"),
            completion=_number(usage, "completion_tokens"),
            cached=_number(prompt, "cached_tokens"),
            reasoned=_number(completion, "reasoning_tokens"),
        )


def filtered(results: object) -> tuple[str, ...]:
    """The categories for which the content filter stepped in."""
    if not isinstance(results, dict):
        return ()
    return tuple(
        str(name) for name, found in results.items() if isinstance(found, dict) and found.get("filtered")
    )


def filtered_prompt(results: object) -> tuple[str, ...]:
    """The same, from the list that Azure's first chunk has, one entry for each prompt."""
    entries = results if isinstance(results, list) else []
    return tuple(name for entry in entries for name in filtered(_part(entry, "content_filter_results")))


def _part(of: object, name: str) -> object:
    return of.get(name) if isinstance(of, dict) else None


def _number(of: object, name: str) -> int:
    number = _part(of, name)
    return number if isinstance(number, int) else 0
