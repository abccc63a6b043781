"""What an app shows outside messages: home tabs, modals, session status and suggested prompts."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.playground.workspace.interactions.elements import Values, named, state_of
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.team import new_id

SESSION_LIFE = 3_600.0  # measured: a status left alone clears after an hour
STATUS_LIFE = 120.0  # Slack: assistant.threads.setStatus has to be sent again after two minutes


class SessionStatus(Enum):
    """Slack: agents.sessions.setStatus."""

    ACTIVE = "active"
    PROCESSING = "processing"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Session:
    """An agent's session in one thread: its status, its title, and the older free-text status line."""

    channel: str
    thread_ts: str
    status: SessionStatus
    since: float
    title: str = field(default="", repr=False)
    line: str = field(default="", repr=False)
    line_since: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """A published home tab or an open modal, with what stands in its inputs.

    `errors` are the sentences under input blocks by `block_id`; `trouble` is the one for the whole view,
    where Slack could not do what the app asked for.
    """

    id: str
    person: str
    content: JSON = field(repr=False)
    hash: str
    root: str
    previous: str | None = None
    state: Values = field(default_factory=dict, repr=False)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(slots=True)
class Trigger:
    """A person's deed that lets the app open one view, for three seconds."""

    person: str
    expires: float
    view: str | None = None
    used: bool = False


class Surfaces:
    """Holds all of it. Rules about what may be opened stand with the methods that open it."""

    def __init__(self, clock: Callable[[], float], limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._sessions: dict[tuple[str, str], Session] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.prompts: dict[str, JSON] = {}

    def session(self, channel: str, thread_ts: str) -> Session | None:
        """The session of that thread as it is now; a status left alone has cleared itself."""
        found = self._sessions.get((channel, thread_ts))
        if found is None:
            return None
        now = self._clock()
        if found.status is SessionStatus.PROCESSING and now - found.since > SESSION_LIFE:
            found = replace(found, status=SessionStatus.ACTIVE, since=now)
        if found.line and now - found.line_since > STATUS_LIFE:
            found = replace(found, line="")
        return found

    def set_status(self, channel: str, thread_ts: str, status: SessionStatus, title: str = "") -> Session:
        """Set a session's status; the title counts only where this creates the session."""
        now = self._clock()
        found = self.session(channel, thread_ts) or Session(channel, thread_ts, status, now, title=title)
        return self._keep(replace(found, status=status, since=now, line=""))

    def set_line(self, channel: str, thread_ts: str, line: str) -> Session:
        """Set the free-text status line; an empty one clears it."""
        now = self._clock()
        found = self.session(channel, thread_ts)
        found = found or Session(channel, thread_ts, SessionStatus.ACTIVE, now)
        return self._keep(replace(found, line=line, line_since=now))

    def answered(self, channel: str, thread_ts: str) -> None:
        """The app has posted in that thread, which clears its status line."""
        if (channel, thread_ts) in self._sessions:
            self.set_line(channel, thread_ts, "")

    def rename(self, channel: str, thread_ts: str, title: str) -> Session | None:
        """Give an existing session another title."""
        found = self.session(channel, thread_ts)
        return None if found is None else self._keep(replace(found, title=title))

    def retitle(self, channel: str, thread_ts: str, title: str) -> JSON:
        """A person gives a session another title; what the app is told of it."""
        before = self.session(channel, thread_ts)
        self.rename(channel, thread_ts, title)
        former = before.title if before else ""
        return {"channel": channel, "thread_ts": thread_ts, "title": title, "previous_title": former}

    def issue_trigger(self, person: str, view: str | None = None) -> str:
        """A trigger id for something that the person just did, inside `view` if they did it in a modal."""
        trigger = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = Trigger(person, self._clock() + self._limits.trigger_life, view)
        return trigger

    def publish_home(self, person: str, content: JSON) -> View:
        """Put a home tab in the place of the one that the person had."""
        old = self.homes.get(person)
        if old is not None:
            return self.update(old, content)
        view_id = new_id("V")
        whole = _with_ids(content)
        self.homes[person] = View(
            view_id, person, whole, new_hash(), view_id, state=state_of(whole["blocks"])
        )
        return self.homes[person]

    def open_modal(self, person: str, content: JSON, over: View | None = None) -> View:
        """Push a modal over another, or open it in the place of all that the person has open."""
        for other in self.stack(person) if over is None else ():
            self.close_modal(other, whole_stack=True)
        view_id = new_id("V")
        root = over.root if over else view_id
        whole = _with_ids(content)
        view = View(
            view_id, person, whole, new_hash(), root, over.id if over else None, state_of(whole["blocks"])
        )
        self.modals[view_id] = view
        self.stacks.setdefault(root, []).append(view_id)
        return view

    def update(self, view: View, content: JSON) -> View:
        """Show something else in an open modal or home tab; inputs under the same ids keep what they hold."""
        whole = _with_ids(content)
        state = state_of(whole["blocks"], view.state)
        return self.keep(replace(view, content=whole, hash=new_hash(), state=state, errors={}, trouble=""))

    def keep(self, view: View) -> View:
        """Put a changed view in the place of the one with its id."""
        if view.id in self.modals:
            self.modals[view.id] = view
        else:
            self.homes[view.person] = view
        return view

    def stack(self, person: str) -> tuple[View, ...]:
        """The modals that a person has open, the root first."""
        return tuple(view for view in self.modals.values() if view.person == person)

    def find(self, view_id: str) -> View | None:
        """The open modal or home tab with that id."""
        homes = {view.id: view for view in self.homes.values()}
        return self.modals.get(view_id) or homes.get(view_id)

    def close_modal(self, view: View, *, whole_stack: bool = False) -> None:
        """Close a modal and what lies over it, or all of its stack."""
        stack = self.stacks.get(view.root, [])
        keep = 0 if whole_stack else stack.index(view.id)
        for closed in stack[keep:]:
            self.modals.pop(closed, None)
        del stack[keep:]

    def _keep(self, session: Session) -> Session:
        self._sessions[session.channel, session.thread_ts] = session
        return session


def _with_ids(content: JSON) -> JSON:
    return {**content, "blocks": named(content["blocks"])}


def new_hash() -> str:
    """The mark of one version of a view."""
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
