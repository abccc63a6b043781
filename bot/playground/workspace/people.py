"""Who is in the workspace: people, bots and Slackbot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the team. A bot is a member too, with a `bot_id` and the app it belongs to.

    A single-channel guest is a guest too. `team_id` differs from the workspace's for somebody of another
    organisation (Slack Connect).
    """

    id: str
    name: str
    display_name: str
    real_name: str
    team_id: str
    is_admin: bool = False
    is_guest: bool = False
    is_single_channel_guest: bool = False
    is_bot: bool = False
    bot_id: str | None = None
    app_id: str | None = None
