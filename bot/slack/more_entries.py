"""The actions of "More" under an answer, in their order; a later one joins this list."""

from bot.chat.comparing import Candidate, Kind
from bot.chat.looking import Made
from bot.slack.answer_row import texts
from bot.slack.answer_row.more import Chosen, Entry
from bot.slack.comparing.deeds import ComparisonDeeds
from bot.slack.example.deeds import ExampleDeeds
from bot.slack.settings_modal.modal import SettingsModal


def more_entries(
    examples: ExampleDeeds, comparisons: ComparisonDeeds, settings: SettingsModal
) -> tuple[Entry, ...]:
    """Whoever may configure what made the answer adds and compares; its versions are every member's."""

    async def add_example(chosen: Chosen) -> None:
        answer, about = chosen.made.shown.answer, chosen.about
        # A question, or a shortcut on it, stands for its answer: that one has the pair.
        await examples.fill(chosen.view_id, about.channel_id, answer.ts or about.ts, about.root_ts)

    async def compare(chosen: Chosen) -> None:
        version = chosen.made.shown.included.setup_version
        against = Candidate(Kind.VERSION, str(version)) if version > 0 else None
        await comparisons.fill(chosen.view_id, chosen.made.key, against)

    async def history(chosen: Chosen) -> None:
        await settings.fill_history(chosen.view_id, chosen.made.key)

    return (
        Entry("example", texts.ADD_EXAMPLE, _may_add, add_example),
        Entry("compare", texts.COMPARE, _may_configure, compare),
        Entry("history", texts.HISTORY, lambda _made: True, history),
    )


def _may_configure(made: Made) -> bool:
    return made.right is None


def _may_add(made: Made) -> bool:
    return made.right is None and not made.shown.answer.deleted
