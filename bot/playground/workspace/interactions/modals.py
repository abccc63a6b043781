"""Looking at a person's views, submitting and closing them."""

from dataclasses import replace

from bot.playground.workspace.delivery import Parcel
from bot.playground.workspace.interactions import checks
from bot.playground.workspace.interactions.answers import clears
from bot.playground.workspace.interactions.pressing import Filled, Pressing
from bot.playground.workspace.surfaces import View
from bot.playground.workspace.team import Ref


class Modals(Pressing):
    """What people do with views as a whole."""

    def modal(self, person: Ref) -> View | None:
        """The modal that the person sees, on top of whatever was opened before it."""
        stack = self.surfaces.stack(self.record.team.person(person).id)
        return stack[-1] if stack else None

    def home(self, person: Ref) -> View | None:
        """The home tab that the app published for the person."""
        return self.surfaces.homes.get(self.record.team.person(person).id)

    def submit(self, person: Ref, view: View | str, values: Filled | None = None) -> Parcel | None:
        """Fill in a modal and submit it; what the app answers is carried out as soon as it comes.

        None where Slack's client refuses by itself, as with a required field left empty: the view's `errors`
        say why. `values` are those of `fill`.

        Raises:
            KeyError: no such element or option, or the view is closed.
            ValueError: another view lies over it, or it has no submit button.
        """
        author = self.record.team.person(person)
        found = self._top(author.id, self.fill(author, view, values or {}))
        if not found.content.get("submit"):
            raise ValueError("This view has no submit button.")
        found = self.surfaces.keep(replace(found, errors=checks.refusals(found), trouble=""))
        self.record.tell("view", person=author.id)
        if found.errors:
            return None
        body = self._envelopes.common("view_submission", author)
        body |= {
            "trigger_id": self._trigger(author, found),
            "view": self._envelopes.view(found),
            "response_urls": [],
        }
        return self.send("interactive", body, lambda parcel: self.submissions.carry_out(parcel, found.id))

    def close(self, person: Ref, view: View | str, *, everything: bool = False) -> tuple[Parcel, ...]:
        """Close a modal, or with `everything` all that lies below it too, as the X in its corner does.

        The app hears of each one that asked for it with `notify_on_close`, and not what stood in it.

        Raises:
            KeyError: it is closed already.
            ValueError: another view lies over it.
        """
        author = self.record.team.person(person)
        found = self._top(author.id, self._open_view(author, view))
        whole = everything or clears(found)
        gone = reversed(self.surfaces.stack(author.id)) if whole else (found,)
        told = [each for each in gone if each.content.get("notify_on_close")]
        self.surfaces.close_modal(found, whole_stack=whole)
        self.record.tell("view", person=author.id)
        return tuple(
            self.send(
                "interactive",
                self._envelopes.common("view_closed", author)
                | {"view": {**self._envelopes.view(each), "state": {"values": {}}}, "is_cleared": whole},
            )
            for each in told
        )

    def _top(self, person_id: str, view: View) -> View:
        stack = self.surfaces.stack(person_id)
        if view.id not in (each.id for each in stack[-1:]):
            raise ValueError("This view does not lie on top.")
        return view
