"""The one tree of errors.

Every error says, in a sentence for the person who meets it, what happened and what to do. What only an
operator may know (ids, endpoints, codes) stands in `detail`, which goes to the log and to Confab's admins,
never into a channel. Neither ever holds a secret or what somebody wrote.
"""

from bot.errors.caps import DailyCapReached
from bot.errors.model import (
    AnswerCut,
    AnswerEmpty,
    ModelBusy,
    ModelFailed,
    ModelTimedOut,
    ModelUnavailable,
)
from bot.errors.operation import (
    DatabaseDown,
    LeaseLost,
    MissingExtra,
    NotYetKnown,
    OperatorFault,
    SchemaBehind,
    SettingsFaulty,
    SetupFileFaulty,
    SetupFileUnwritten,
    SetupOvertaken,
    SlackUnwilling,
)
from bot.errors.refusals import (
    AnswerFiltered,
    AnswerTooLong,
    ForgedPrompt,
    PromptFiltered,
    PromptTooLong,
    QuestionTooLong,
    SetupTooLong,
    TrialEnded,
    TurnRefused,
)
from bot.errors.root import (
    ConfabError,
    described,
)

__all__ = [
    "AnswerCut",
    "AnswerEmpty",
    "AnswerFiltered",
    "AnswerTooLong",
    "ConfabError",
    "DailyCapReached",
    "DatabaseDown",
    "ForgedPrompt",
    "LeaseLost",
    "MissingExtra",
    "ModelBusy",
    "ModelFailed",
    "ModelTimedOut",
    "ModelUnavailable",
    "NotYetKnown",
    "OperatorFault",
    "PromptFiltered",
    "PromptTooLong",
    "QuestionTooLong",
    "SchemaBehind",
    "SettingsFaulty",
    "SetupFileFaulty",
    "SetupFileUnwritten",
    "SetupOvertaken",
    "SetupTooLong",
    "SlackUnwilling",
    "TrialEnded",
    "TurnRefused",
    "described",
]
