"""What people read where they compare."""

from bot.chat.comparing import Candidate, Kind, Side
from bot.slack.blocks import escaped
from bot.slack.mentions import neutralised

TITLE = "Compare"
LOADING = "One moment, I am looking up what there is to compare."
ABOUT = "One question to two of what answers, or could answer, in <#{channel}>. Nothing of it is kept."
QUESTION = "Question"
QUESTION_HINT = "Both get exactly this, without any earlier messages."
LEFT, RIGHT = "First", "Second"
ASK = "Ask both"
SAME = "Choose two different ones."
EMPTY = "Write a question for both."
ASKING = "Both are thinking. You may close this: then I send you the answers directly."
GONE = "One of the two is not there any more. Open Compare again to see what there is."
FAILED = "That did not work just now. Please try again in a minute."
AGAIN = "Ask something else"
SENDING = "The answers are longer than this window: I am sending them to you directly, whole."
SENT = "This window has no room for all of both answers: I have sent them to you directly, whole."
NOT_SENT = (
    "This window has no room for all of both answers, and Slack did not take them as a direct message "
    "either. Please ask again in a minute."
)
NO_MORE = "\u00b7"
CUT = "cut at the maximum response"


def label(candidate: Candidate) -> str:
    """A candidate in a menu, and over its answer."""
    match candidate.kind:
        case Kind.CURRENT:
            return "What is published now"
        case Kind.DRAFT:
            return "My draft"
        case Kind.VERSION:
            return f"Version {candidate.name}"
        case Kind.DEPLOYMENT:
            return f"On {candidate.name}"


def heading(side: Side) -> str:
    """Over one answer: who gave it, what it took."""
    usage = side.usage
    took = f"{usage.prompt:,} + {usage.completion:,} tokens \u00b7 {side.seconds:.1f} s"
    said = "no answer" if side.sentence else took + (f" \u00b7 {CUT}" if side.cut else "")
    return f"*{escaped(label(side.candidate))}*\n`{escaped(neutralised(side.deployment))}` \u00b7 {said}"


def whole(side: Side) -> str:
    """All that there is to read of one side."""
    return side.sentence or side.text
