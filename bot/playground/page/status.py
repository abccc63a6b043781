"""Who is at work in a thread."""

from bot.playground.page import texts
from bot.playground.workspace import Workspace
from bot.playground.workspace.surfaces import SessionStatus


def who_works(workspace: Workspace, channel: str, root_ts: str) -> str | None:
    """A few words such as "Confab is writing", while somebody is at work in that thread."""
    name = workspace.confab.display_name
    for reply in workspace.record.history.replies(channel, root_ts):
        if reply.stream is not None and reply.stream.is_live:
            return texts.WRITING.format(name=name)
    session = workspace.surfaces.session(channel, root_ts)
    if session is None:
        return None
    if session.line:
        return texts.THINKING.format(name=name, line=session.line.rstrip(" .…"))
    return texts.THINKING.format(name=name, line=texts.IS_THINKING) if _processing(session.status) else None


def title_of(workspace: Workspace, channel: str, root_ts: str | None) -> str:
    """What a thread is called: by its session's title, where it has one."""
    session = workspace.surfaces.session(channel, root_ts) if root_ts else None
    return (session.title if session else "") or texts.THREAD


def _processing(status: SessionStatus) -> bool:
    return status is SessionStatus.PROCESSING
