"""The rooms that people enter by a command, a button or a tab: each built once, all joined to the app."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.chat.attention import Hear
from bot.chat.messages import Amended, Deleted, Edited
from bot.chat.ports import Clock, People, Spending
from bot.chat.setup import ChannelSettings
from bot.chat.trade import Trade
from bot.chat.versions import DraftKey
from bot.slack.answer_row.anew import Amend, AnewOffers
from bot.slack.answer_row.deeds import AnswerDeeds
from bot.slack.answer_row.listeners import register_row
from bot.slack.answer_row.more import Doors
from bot.slack.answer_row.versions import VersionDeeds
from bot.slack.beside import Beside
from bot.slack.command.command import Command
from bot.slack.command.offer import Offers
from bot.slack.command.presence import Presence
from bot.slack.command.reset import Reset
from bot.slack.comparing.deeds import ComparisonDeeds
from bot.slack.direct import Directly
from bot.slack.example.deeds import ExampleDeeds
from bot.slack.feedback.deeds import FeedbackDeeds
from bot.slack.feedback.listeners import register_feedback
from bot.slack.greeting.announcements import Announcements
from bot.slack.greeting.deeds import GreetingDeeds
from bot.slack.greeting.missed import MissedMention
from bot.slack.greeting.saying import Saying
from bot.slack.home.tab import Home
from bot.slack.home.view import Views as HomeViews
from bot.slack.library.deeds import LibraryDeeds
from bot.slack.links import Links
from bot.slack.more_entries import more_entries
from bot.slack.muting.deeds import MuteDeeds
from bot.slack.overtaken import Overtaken
from bot.slack.pressing import Deeds, register
from bot.slack.session_deeds import SessionDeeds, register_sessions
from bot.slack.settings_modal.modal import SettingsModal
from bot.slack.settings_modal.views import Views
from bot.slack.settings_modal.whole_setup import Elsewhere
from bot.slack.summarising.deeds import SummaryDeeds
from bot.slack.summarising.listeners import register_summaries
from bot.slack.trying.deeds import TrialDeeds
from bot.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Behind:
    """What the rooms ask. `deployments` has every context in tokens by its name, the default one first.

    `refused` names what a deployment turned out not to take with these settings; `clock` counts seconds since
    1970.
    """

    trade: Trade
    people: People
    spending: Spending
    deployments: Mapping[str, int]
    refused: Callable[[str, ChannelSettings], Collection[str]]
    clock: Clock


class Rooms:
    """Builds each once; the slow part of whatever is done in them runs in `beside`."""

    def __init__(self, workspace: Workspace, behind: Behind, beside: Beside) -> None:
        trade, calls, team_id = behind.trade, workspace.calls, workspace.us.team_id
        directly = Directly(calls)
        files = workspace.files()
        self._beside, links = beside, Links(workspace.url)
        saying = Saying(calls, workspace.scopes)
        self.greetings = GreetingDeeds(trade.greeting, calls, beside, saying)
        self.announcements = Announcements(trade.announcing, saying)
        self.offers = Offers(calls, beside)
        self.mutes = MuteDeeds(trade.muting, calls, beside, behind.clock)
        self.overtaken = Overtaken(calls, workspace.us, behind.clock)
        self._feedback = FeedbackDeeds(trade.feedback, calls)
        presence = Presence(calls)
        self._summaries = SummaryDeeds(trade.summarising, calls, presence, workspace.us.name)
        self.missed = MissedMention(calls, workspace.us)
        self.offers_anew = AnewOffers(calls, trade.regenerating, workspace.responses(), beside)
        trials = TrialDeeds(
            team_id, trade.trying, trade.publishing, directly, links, announce=self.announcements.tell
        )
        comparisons = ComparisonDeeds(team_id, trade.comparing, calls, directly)
        views = Views(
            team_id,
            trade.configuring,
            trade.publishing,
            trade.library,
            trade.feedback,
            links,
            deployments=behind.deployments,
            refused=behind.refused,
        )
        self._settings = SettingsModal(
            calls,
            views,
            files,
            beside,
            announce=self.announcements.tell,
            noting=trade.noting,
            elsewhere=Elsewhere(self._push_code, trials.begin, comparisons.push),
        )
        self.home = Home(
            calls,
            trade.at_home,
            HomeViews(links),
            beside,
            take_over=self._settings.open_taken_over,
        )
        examples = ExampleDeeds(team_id, trade.offering, trade.configuring, calls, views.root)
        self._versions = VersionDeeds(trade.looking, trade.regenerating.again, calls)
        doors = Doors(
            self._settings.open_behind,
            self._settings.open_larger,
            more_entries(examples, comparisons, self._settings, self.mutes, self._versions),
        )
        self._answers = AnswerDeeds(trade.looking, calls, directly, files, doors)
        self._sessions = SessionDeeds(trade.stopping, trade.regenerating, trade.naming_sessions, calls)
        self._command = Command(
            team_id,
            self._settings,
            Reset(team_id, calls, trade.publishing),
            presence=presence,
            people=behind.people,
            spending=behind.spending,
            code=self._show_code,
            trying=trials.begin,
            beside=beside,
        )
        self._library = LibraryDeeds(team_id, trade.library, trade.configuring, calls, beside)
        self._deeds = Deeds(
            home=self.home,
            trials=trials,
            comparisons=comparisons,
            examples=examples,
            greetings=self.greetings,
        )

    def hearing(self, hear: Hear) -> Hear:
        """The verb that stores a message, with what people see of it and what it may have overtaken."""
        return self.overtaken.after(self.mutes.telling(hear))

    def amending(self, amend: Amend) -> Amend:
        """The verb that changes what was said, with what follows from it.

        What is written down although Slack was kept waiting is nothing new when Slack tells of it again: what
        follows from it has to follow the first time.
        """
        whole = self.offers_anew.after(amend)

        async def amended(change: Edited | Deleted) -> Amended:
            return await self._beside.to_its_end(whole(change))

        return amended

    def register(self, app: AsyncApp) -> None:
        """Give the app the listeners of all rooms."""
        self._command.register(app)
        self._settings.register(app)
        self._library.register(app)
        register_row(app, self._answers, self._versions, self.offers_anew, self._beside)
        register_sessions(app, self._sessions, self._beside)
        register_feedback(app, self._feedback, self._beside)
        register_summaries(app, self._summaries, self._beside)
        register(app, self._deeds, self._beside)

    async def _show_code(self, key: DraftKey, trigger_id: str) -> None:
        await self._answers.show_code(key, trigger_id)

    async def _push_code(self, key: DraftKey, trigger_id: str) -> None:
        await self._answers.push_code(key, trigger_id)
