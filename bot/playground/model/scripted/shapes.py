"""The JSON in which Azure OpenAI wraps an answer, for either operation, streamed or whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.model.scripted.deployments import Deployment, Filtering, Operation

Json = dict[str, Any]

_CATEGORIES = ("hate", "self_harm", "sexual", "violence")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request; `reasoning` are those of the answer that nobody sees."""

    prompt: int
    completion: int
    reasoning: int = 0

    def as_json(self) -> Json:
        """The `usage` object, with the details that Azure gives."""
        return {
            "prompt_tokens": self.prompt,
            "completion_tokens": self.completion,
            "total_tokens": self.prompt + self.completion,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": self.reasoning, "audio_tokens": 0},
        }


def filter_results(filtered: str | None = None) -> Json:
    """What the content filter found: nothing, or `filtered`, a category."""
    results = {name: {"filtered": False, "severity": "safe"} for name in _CATEGORIES}
    if filtered:
        results[filtered] = {"filtered": True, "severity": "high"}
    return results


@dataclass(frozen=True, slots=True)
class Shape:
    """The wrapping of one answer: `number` makes its id, `created` is in seconds since the epoch."""

    operation: Operation
    deployment: Deployment
    number: int
    created: int
    with_usage: bool

    def opening(self) -> list[Json]:
        """What comes before the first piece: the prompt's filter results, then the assistant's role."""
        events: list[Json] = []
        if self.deployment.filtering is not Filtering.NONE:
            blank = {"id": "", "object": "", "created": 0, "model": ""}
            events.append({**blank, "choices": [], "prompt_filter_results": self._of_the_prompt()})
        if self.operation is Operation.CHAT:
            first = {"role": "assistant", "content": "", "refusal": None}
            results: Json = {} if not events else {"content_filter_results": {}}
            events.append(self._chunk({"delta": first, "finish_reason": None, **results}))
        return events

    def piece(self, text: str) -> Json:
        """One streamed piece, with the filter's results where they come along."""
        inner = {"delta": {"content": text}} if self.operation is Operation.CHAT else {"text": text}
        choice: Json = {**inner, "finish_reason": None}
        if self.deployment.filtering is Filtering.DEFAULT:
            choice["content_filter_results"] = filter_results()
        return self._chunk(choice)

    def annotation(self, start: int, end: int) -> Json:
        """The asynchronous filter's word on characters already sent: a chunk whose delta is null."""
        choice = {**self._nothing(null=True), "finish_reason": None}
        offsets = {"check_offset": end, "start_offset": start, "end_offset": end}
        results = {"content_filter_results": filter_results(), "content_filter_offsets": offsets}
        return self._chunk({**choice, **results})

    def ending(self, reason: str, filtered: str) -> Json:
        """The last choice. One that the content filter ends has a null delta and names the category."""
        if reason == "content_filter":
            choice = {**self._nothing(null=True), "content_filter_results": filter_results(filtered)}
        else:
            choice = self._nothing(null=False)
        return self._chunk({**choice, "finish_reason": reason})

    def usage(self, usage: Usage) -> Json:
        """The stream's last event, which has no choice."""
        return {**self._head(chunk=True), "choices": [], "usage": usage.as_json()}

    def whole(self, text: str, reason: str, filtered: str, usage: Usage) -> Json:
        """The answer to a request that does not stream."""
        choice: Json = {"index": 0, "finish_reason": reason, "logprobs": None}
        if self.operation is Operation.CHAT:
            choice["message"] = {"role": "assistant", "content": text, "refusal": None}
        else:
            choice["text"] = text
        answer = {**self._head(chunk=False), "choices": [choice], "usage": usage.as_json()}
        if self.deployment.filtering is not Filtering.NONE:
            choice["content_filter_results"] = filter_results(
                filtered if reason == "content_filter" else None
            )
            answer["prompt_filter_results"] = self._of_the_prompt()
        return answer

    def _of_the_prompt(self) -> list[Json]:
        return [{"prompt_index": 0, "content_filter_results": filter_results()}]

    def _nothing(self, *, null: bool) -> Json:
        if self.operation is Operation.COMPLETIONS:
            return {"text": ""}
        return {"delta": None if null else {}}

    def _chunk(self, choice: Mapping[str, Any]) -> Json:
        chunk = {**self._head(chunk=True), "choices": [{"index": 0, "logprobs": None, **choice}]}
        return {**chunk, "usage": None} if self.with_usage else chunk

    def _head(self, *, chunk: bool) -> Json:
        if self.operation is Operation.CHAT:
            name, kind = "chatcmpl", "chat.completion.chunk" if chunk else "chat.completion"
        else:
            name, kind = "cmpl", "text_completion"
        return {
            "id": f"{name}-{self.number}",
            "object": kind,
            "created": self.created,
            "model": self.deployment.model,
            "system_fingerprint": "fp_stand_in",
        }
