"""ChatML: a conversation as one prompt, in the form that Azure's documentation gave it.

Each turn is `<|im_start|>role`, its text and `<|im_end|>`, each on its own line; the prompt ends with the
assistant's open header, for the model to write on.
"""

from collections.abc import Sequence

from bot.chat.messages import Role, Utterance
from bot.chat.ports import TokenCounter
from bot.errors import ForgedPrompt

START = "<|im_start|>"
END = "<|im_end|>"

_OPEN_HEADER = f"{Role.ASSISTANT}\n"


def render(utterances: Sequence[Utterance], begun: str = "") -> str:
    """The prompt for a completion, with `END` to stop at. The texts are to be neutralised before.

    An answer that has `begun` stands in the assistant's turn, which stays open.

    Raises:
        ForgedPrompt: a text brought a turn's marker with it.
    """
    turns = "".join(f"{turn(utterance)}\n" for utterance in utterances)
    prompt = f"{turns}{START}{_OPEN_HEADER}{begun}"
    if prompt.count(START) != len(utterances) + 1 or prompt.count(END) != len(utterances):
        raise ForgedPrompt
    return prompt


def turn(utterance: Utterance) -> str:
    """One turn between its markers, without the newline after it."""
    return f"{START}{_inside(utterance)}{END}"


def utterance_tokens(utterance: Utterance, count: TokenCounter, encoding: str) -> int:
    """What one turn takes of the prompt: its two markers at one token each, the text, the newline after.

    Tokens never reach over a marker, so these add up, with `open_tokens`, to exactly the prompt's size.
    """
    return 2 + count(_inside(utterance), encoding) + count("\n", encoding)


def open_tokens(count: TokenCounter, encoding: str) -> int:
    """What the open header of the answer takes, once a prompt."""
    return 1 + count(_OPEN_HEADER, encoding)


def _inside(utterance: Utterance) -> str:
    return f"{utterance.role}\n{utterance.text}\n"
