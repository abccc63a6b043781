"""What the model, or the way to it, failed at; the same question may well work later."""

from bot.errors.root import ConfabError, duration


class ModelFailed(ConfabError):
    """The model did not answer this time; the same question may well work later."""

    outcome = "model_failed"


class ModelBusy(ModelFailed):
    """Azure's quota is used up for now; `wait` is in seconds, where Azure named it."""

    outcome = "model_busy"

    def __init__(self, wait: float | None = None, *, detail: str = "") -> None:
        when = f"in {duration(wait)}" if wait else "in a minute"
        super().__init__(
            f"The model is busy: our Azure quota is used up for the moment. Please ask again {when}.",
            detail=detail,
        )
        self.wait = wait


class ModelTimedOut(ModelFailed):
    """No word from the model for longer than the limit; `midway` where some of the answer was shown."""

    outcome = "model_timed_out"

    def __init__(self, *, midway: bool = False, detail: str = "") -> None:
        super().__init__(
            "My answer broke off here, as the model took too long. Ask me to go on, or ask again."
            if midway
            else "The model took too long to answer. Please ask again.",
            detail=detail,
        )
        self.midway = midway


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
    """The model ended without a word; `reasoned` where hidden reasoning used up the maximum response."""

    outcome = "answer_empty"

    def __init__(self, *, reasoned: bool = False, detail: str = "") -> None:
        why = (
            "The model spent its whole maximum response on thinking and had none left for an answer. "
            "A larger maximum response or less reasoning effort helps."
            if reasoned
            else "The model ended without a word. Please ask again, perhaps differently."
        )
        super().__init__(why, detail=detail)
        self.reasoned = reasoned
