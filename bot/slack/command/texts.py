"""What `/confab` says, to the person alone who wrote it."""

from bot.slack.blocks import escaped
from bot.slack.settings_modal.texts import CLOSE, INVITE, ONE_MOMENT, trial_begun, why_not

__all__ = ["CLOSE", "INVITE", "ONE_MOMENT", "trial_begun", "why_not"]

HELP = (
    "*What you can ask of me here*\n"
    "\u2022 `/confab` or `/confab settings`: this channel's persona, examples, settings, access and history\n"
    "\u2022 `/confab persona Xbox`: start from a persona of the library\n"
    "\u2022 `/confab history`: who changed what, and when; restore an earlier version\n"
    "\u2022 `/confab code`: the setup as Python, curl and JSON\n"
    "\u2022 `/confab try`: try your draft in our direct message, without anybody else seeing it\n"
    "\u2022 `/confab usage`: tokens of this channel, today and this month\n"
    "\u2022 `/confab reset`: the settings as they were at first; I ask before I do it\n"
    "Slack refuses slash commands in threads. There, write `@Confab settings`, and I show you a button."
)

LATE = "Slack or my memory took too long just now. Please try again in a minute."

RESET_TITLE = "Reset the settings"
RESET_ASKS = (
    "This publishes a version in which the *settings* of this channel are the defaults again, all of them: "
    "from deployment, maximum response and temperature to whom I answer and how many tokens a day there are. "
    "Persona, examples, access and conversations stay, and so does your draft. "
    "The version before can be restored from the history."
)
RESET_DONE = "The settings of this channel are the defaults again, as version {version}."
RESET_NOTHING = "The settings of this channel are the defaults already; nothing was changed."
RESET_OVERTAKEN = "Nothing was reset: somebody published a version at this moment. Please try again."
RESET = "Reset"
CANCEL = "Cancel"

OFFER = "This channel's settings are one press away. Only you can see this."
OFFER_BUTTON = "Open the settings"


def unknown(word: str) -> str:
    """Before the help, when the word is none that Confab knows."""
    return f"I do not know `{escaped(word[:40])}`.\n\n"


def usage(today: int, month: int) -> str:
    """How many tokens the channel took."""
    return (
        f"This channel used *{today:,}* tokens today and *{month:,}* this month, prompts and answers in one. "
        "Days and months are counted in UTC."
    )
