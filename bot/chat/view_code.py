"""View code: the request that made an answer, or the conversation so far, as a sample to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.code_samples.call import NEXT_MESSAGE, Call, Extent, Language, Way, writing_on
from bot.chat.code_samples.curl_line import curl_line, posted_to
from bot.chat.code_samples.json_body import json_body
from bot.chat.code_samples.python_code import python_code
from bot.chat.messages import Utterance
from bot.chat.replay import DELETED, HIDDEN, Replay
from bot.chat.sent import Sent

WRITERS = {Language.PYTHON: python_code, Language.CURL: curl_line, Language.JSON: json_body}

EXACT = "This request, exactly as it made the answer."
NO_LONGER = f"{DELETED} stands for what was deleted or cleared since: no longer the exact request."
EDITED = "Messages that were edited since stand here as they read now: no longer the exact request."
NOT_SHOWN = (
    f"{HIDDEN} stands for what only those who may change this channel can read: not the exact request."
)
PICTURES = "The pictures that went with the question are not in this sample; their names stand in its text."
DRAFT = "System message and examples are the draft's as it stands now: perhaps not the exact request."
SO_FAR = f"The conversation so far: put what comes next in the place of {NEXT_MESSAGE}."
BEFORE = "What this channel would send for an example question."


@dataclass(frozen=True, slots=True)
class Sample:
    """Code to copy. `remarks` say what it is; Python and curl carry them as comments, JSON cannot.

    `address` is where the JSON goes, with the endpoint's variable in it.
    """

    language: Language
    text: str = field(repr=False)
    remarks: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Everything that the samples of one answer are made from: a call for each extent that there is."""

    calls: Mapping[Extent, Call]

    def sample(self, language: Language, extent: Extent) -> Sample:
        """One of the samples.

        Raises:
            ForgedPrompt: a text brought a turn's marker with it.
        """
        call = self.calls[extent if extent in self.calls else Extent.REQUEST]
        return Sample(language, WRITERS[language](call), call.remarks, posted_to(call))


def code_of(pressed: Replay, last: Replay, ways: Mapping[str, Way]) -> Code:
    """The samples for an answer; `last` is the newest answer of its thread, `ways` are by deployment."""
    changed = pressed.deleted or pressed.edited
    changed = changed or bool(pressed.begun and pressed.answer.gone)
    exact = not (changed or pressed.hidden or pressed.trial or pressed.pictures)
    said = tuple(line.utterance for line in pressed.lines)
    so_far = writing_on([line.utterance for line in last.lines], last.answer.utterance.text)
    return Code(
        {
            Extent.REQUEST: _call(pressed, said, ways, (EXACT,) if exact else (), begun=pressed.begun),
            Extent.SO_FAR: _call(last, so_far, ways, (SO_FAR,), gone=last.answer.gone),
        }
    )


def code_before(sent: Sent, utterances: tuple[Utterance, ...], way: Way, *, hidden: bool) -> Code:
    """The samples of a channel in which nobody has said anything yet."""
    remarks = (BEFORE, NOT_SHOWN) if hidden else (BEFORE,)
    return Code({Extent.REQUEST: Call(sent, utterances, way, remarks)})


def _call(
    replay: Replay,
    said: tuple[Utterance, ...],
    ways: Mapping[str, Way],
    what: tuple[str, ...],
    *,
    gone: bool = False,
    begun: str = "",
) -> Call:
    remarks = [*what]
    if replay.deleted or gone or (begun and replay.answer.gone):
        remarks.append(NO_LONGER)
    if replay.pictures:
        remarks.append(PICTURES)
    if replay.edited:
        remarks.append(EDITED)
    if replay.hidden:
        remarks.append(NOT_SHOWN)
    elif replay.trial:
        remarks.append(DRAFT)
    sent = replay.shown.sent
    return Call(sent, said, ways.get(sent.deployment, Way()), tuple(remarks), begun)
