"""What is the question's own fault: asked again unchanged, it would end the same way."""

from bot.errors.root import ConfabError


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


class AnswerTooLong(TurnRefused):
    """An answer that takes so much of the context window that there is no room for more of it."""

    outcome = "answer_too_long"

    def __init__(self) -> None:
        super().__init__(
            "With its question it is as long as I can read at once. Please ask for the rest in a new message."
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


class TrialEnded(TurnRefused):
    """A draft was tried by somebody who may no longer set its channel up."""

    outcome = "trial_ended"

    def __init__(self) -> None:
        super().__init__(
            "You may no longer set that channel up, so I cannot try its draft here. "
            "Somebody who may can give you the right back."
        )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)
