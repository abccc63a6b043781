"""What an app's acknowledgement of a submitted modal makes Slack do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.delivery import DeliveryState, Parcel
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.surfaces import Surfaces, View

TROUBLE = "We had some trouble connecting. Try again?"


class SubmissionAnswers:
    """Carries out `response_action`: errors, update, push, clear, or the view closes.

    `refused` keeps every answer that Slack would not carry out, with the reason: a person sees no more than
    "some trouble".
    """

    def __init__(self, surfaces: Surfaces, limits: Limits, tell: Callable[[View], None]) -> None:
        self._surfaces = surfaces
        self._limits = limits
        self._tell = tell
        self.refused: list[str] = []

    def carry_out(self, parcel: Parcel, view_id: str) -> None:
        """Do what the app answered to the submission of that view, if it is still open."""
        view = self._surfaces.modals.get(view_id)
        if view is None:
            return
        if parcel.state is DeliveryState.GIVEN_UP:
            self._fail(view, parcel.reason)
            return
        try:
            self._act(view, parcel.answer or {})
        except SlackError as fault:
            reasons = fault.body.get("response_metadata", {}).get("messages", ())
            self._fail(view, " ".join((fault.code, *reasons)))
        self._tell(view)

    def _act(self, view: View, answer: JSON) -> None:
        action = answer.get("response_action")
        if action == "errors":
            self._show_errors(view, answer.get("errors"))
        elif action == "update":
            self._surfaces.update(view, self._view(answer))
        elif action == "push":
            if len(self._surfaces.stack(view.person)) >= self._limits.view_stack:
                raise SlackError("push_limit_reached")
            self._surfaces.keep(replace(view, errors={}, trouble=""))
            self._surfaces.open_modal(view.person, self._view(answer), view)
        elif action in (None, "clear"):
            self._surfaces.close_modal(view, whole_stack=action == "clear" or clears(view))
        else:
            raise SlackError("invalid_response_action")

    def _view(self, answer: JSON) -> JSON:
        return check_view(answer.get("view"), "modal", self._limits)

    def _show_errors(self, view: View, errors: Any) -> None:
        inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise SlackError("invalid_errors")
        for block_id, sentence in errors.items():
            if block_id not in inputs or not isinstance(sentence, str) or not sentence:
                raise SlackError("invalid_errors", f"no input block is called {block_id}")
        self._surfaces.keep(replace(view, errors=dict(errors), trouble=""))

    def _fail(self, view: View, reason: str) -> None:
        self.refused.append(reason)
        self._surfaces.keep(replace(view, trouble=TROUBLE))
        self._tell(view)


def clears(view: View) -> bool:
    """Whether the whole stack goes with this view."""
    return bool(view.content.get("clear_on_close"))
