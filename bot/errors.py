"""The one tree of errors.

Every error says, in a sentence for the person who meets it, what happened and what to do. What only an
operator may know (ids, endpoints, codes) stands in `detail`, which goes to the log and to Confab's admins,
never into a channel. Neither ever holds a secret or what somebody wrote.
"""

import traceback
from pathlib import Path


class ConfabError(Exception):
    """The root: `sentence` is for people, `detail` for operators, `outcome` a short word for logs."""

    outcome = "error"

    def __init__(self, sentence: str, *, detail: str = "") -> None:
        super().__init__(sentence if not detail else f"{sentence} [{detail}]")
        self.sentence = sentence
        self.detail = detail


class SettingsFaulty(ConfabError):
    """The environment does not describe a runnable Confab; `faults` names every fault at once."""

    outcome = "settings"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("Confab cannot start with these settings:\n" + "\n".join(f"  {f}" for f in faults))
        self.faults = faults


class SetupFileFaulty(ConfabError):
    """A file that is no setup of the Azure playground; `place` is a line, or the path of a key."""

    outcome = "setup_file"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"This setup cannot be imported: {place}: {why}.")
        self.place = place


class TurnRefused(ConfabError):
    """The question itself cannot be answered; asking it again unchanged would end the same way."""

    outcome = "refused"


class QuestionTooLong(TurnRefused):
    """A message that does not fit the deployment's context window even on its own."""

    outcome = "too_long"

    def __init__(self, *, tokens: int, room: int) -> None:
        super().__init__(
            f"That message is too long for me: about {tokens:,} tokens, and I have room for {room:,}. "
            "Please send it in smaller pieces, or cut it down to what matters."
        )


class SetupTooLong(TurnRefused):
    """System message, examples and maximum response leave no room for any question."""

    outcome = "setup_too_long"

    def __init__(self, *, tokens: int, context: int) -> None:
        super().__init__(
            f"This channel's system message, examples and maximum response take {tokens:,} tokens, "
            f"and the deployment holds {context:,}. Whoever set the channel up can shorten them."
        )


class PromptTooLong(TurnRefused):
    """The service found the prompt longer than its context window, whatever was counted here.

    Tokens are as the service counted them, where it said so; `room` leaves the maximum response its place.
    """

    outcome = "too_long"

    def __init__(self, *, tokens: int | None = None, room: int | None = None, detail: str = "") -> None:
        size = f": {tokens:,} tokens, and it has room for {room:,}" if tokens and room else ""
        super().__init__(
            f"This conversation is longer than the model can read{size}. "
            "Please ask again in a new thread, or with a shorter message.",
            detail=detail,
        )


class PromptFiltered(TurnRefused):
    """Azure's content filter refused the prompt."""

    outcome = "prompt_filtered"

    def __init__(self, categories: tuple[str, ...] = (), *, detail: str = "") -> None:
        because = f" ({_listed(categories)})" if categories else ""
        super().__init__(
            f"Azure's content filter refused that message{because}. Please put it another way.", detail=detail
        )
        self.categories = categories


class AnswerFiltered(TurnRefused):
    """Azure's content filter stopped the answer before or while it was written."""

    outcome = "answer_filtered"

    def __init__(self, categories: tuple[str, ...] = (), *, detail: str = "") -> None:
        because = f" ({_listed(categories)})" if categories else ""
        super().__init__(
            f"Azure's content filter stopped my answer{because}. Asking differently may help.", detail=detail
        )
        self.categories = categories


class ForgedPrompt(TurnRefused):
    """The rendered ChatML does not hold exactly the turns that it should; nothing was sent."""

    outcome = "forged_prompt"

    def __init__(self) -> None:
        super().__init__(
            "Something in this conversation looks like the markers that keep a prompt apart, "
            "so I sent nothing. "
            "Please write it without them."
        )


class ModelFailed(ConfabError):
    """The model did not answer this time; the same question may well work later."""

    outcome = "model_failed"


class ModelBusy(ModelFailed):
    """Azure's quota is used up for now; `wait` is in seconds, where Azure named it."""

    outcome = "model_busy"

    def __init__(self, wait: float | None = None, *, detail: str = "") -> None:
        when = f"in {_duration(wait)}" if wait else "in a minute"
        super().__init__(
            f"The model is busy: our Azure quota is used up for the moment. Please ask again {when}.",
            detail=detail,
        )
        self.wait = wait


class ModelTimedOut(ModelFailed):
    """No word from the model for longer than the limit."""

    outcome = "model_timed_out"

    def __init__(self, *, detail: str = "") -> None:
        super().__init__("The model took too long to answer. Please ask again.", detail=detail)


class ModelUnavailable(ModelFailed):
    """Azure answered with a fault of its own, or could not be reached."""

    outcome = "model_unavailable"

    def __init__(self, *, detail: str = "") -> None:
        super().__init__(
            "I could not get an answer from Azure just now. Please ask again in a minute.", detail=detail
        )


class AnswerCut(ModelFailed):
    """The answer broke off in the middle, without the model saying that it was done."""

    outcome = "answer_cut"

    def __init__(self, *, detail: str = "") -> None:
        super().__init__("My answer broke off here. Ask me to go on, or ask again.", detail=detail)


class AnswerEmpty(ModelFailed):
    """The model ended without a word; hidden reasoning may have used up the maximum response."""

    outcome = "answer_empty"

    def __init__(self, *, reasoned: bool = False, detail: str = "") -> None:
        why = (
            "The model spent its whole maximum response on thinking and had none left for an answer. "
            "A larger maximum response or less reasoning effort helps."
            if reasoned
            else "The model ended without a word. Please ask again, perhaps differently."
        )
        super().__init__(why, detail=detail)


class OperatorFault(ConfabError):
    """Only whoever runs Confab can mend this: the thread hears one neutral sentence, admins the detail."""

    outcome = "operator_fault"

    def __init__(self, detail: str) -> None:
        super().__init__(
            "I am not set up correctly at the moment and cannot answer. "
            "The people who run me have been told.",
            detail=detail,
        )


class SchemaBehind(ConfabError):
    """The database's tables are older than this Confab; nothing was started."""

    outcome = "schema_behind"

    def __init__(self, *, found: str, wanted: str) -> None:
        super().__init__(
            "The database is not up to date with this version of Confab. "
            "Run `confab migrate`, then start again.",
            detail=f"found {found}, wanted {wanted}",
        )


class DatabaseDown(ConfabError):
    """The database did not take a write or a question in time; what was not acknowledged comes again."""

    outcome = "database_down"

    def __init__(self, detail: str) -> None:
        super().__init__(
            "I cannot reach my memory at the moment. Please try again in a minute.", detail=detail
        )


class MissingExtra(ConfabError):
    """A part that this setting needs is not installed; the sentence has the line that installs it."""

    outcome = "missing_extra"

    def __init__(self, *, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a part that is not installed: pip install 'confab[{extra}]'")


class LeaseLost(ConfabError):
    """Somebody else holds this turn now; whoever meets this stops writing at once."""

    outcome = "lease_lost"

    def __init__(self) -> None:
        super().__init__("This turn has gone to another worker.")


class SlackUnwilling(ConfabError):
    """Slack refused or did not carry out a call; `code` is Slack's error word."""

    outcome = "slack_unwilling"

    def __init__(self, method: str, code: str) -> None:
        super().__init__(
            "Slack did not take my answer just now; I will try again.", detail=f"{method}: {code}"
        )
        self.method = method
        self.code = code


def described(error: BaseException) -> str:
    """An error for the log: our own by its words, a foreign one by its type and where it came from.

    A foreign error's message may quote what somebody wrote, or a token, and stays out.
    """
    if isinstance(error, ConfabError):
        return f"{error.outcome}: {error.detail or error.sentence}"
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    way = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {way or 'unknown'}"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} second{'s' if whole > 1 else ''}"
    if whole < 90 * 60:
        return f"{round(whole / 60)} minutes"
    return f"{round(whole / 3600)} hours"
