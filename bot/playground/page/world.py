"""What all tabs of the page share."""

from dataclasses import dataclass

from bot.playground.page.authorship import Authorship
from bot.playground.page.backstage import Backstage
from bot.playground.page.marks import ReadMarks
from bot.playground.page.prose import Prose
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class World:
    """The workspace, and the parts of the page that are not one tab's own."""

    workspace: Workspace
    backstage: Backstage
    authorship: Authorship
    prose: Prose
    marks: ReadMarks

    @classmethod
    def around(cls, workspace: Workspace, backstage: Backstage) -> "World":
        """The page's parts for that workspace."""
        marks = ReadMarks(workspace)
        return cls(workspace, backstage, Authorship(backstage), Prose(workspace.team), marks)
