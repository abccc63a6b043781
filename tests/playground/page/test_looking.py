from dataclasses import replace

from bot.playground.page.looking import follows_on, is_shown, seen_by
from bot.playground.page.marks import ReadMarks, Unread
from bot.playground.page.status import who_works
from bot.playground.workspace import Message, StreamState, Workspace
from bot.playground.workspace.messages import Stream
from bot.playground.workspace.surfaces import SessionStatus


def streamed(workspace: Workspace, state: StreamState) -> Message:
    root = workspace.post(workspace.ada, workspace.general, "@Confab hello")
    message = Message(
        workspace.general.id,
        workspace.record.history.mint_ts(),
        workspace.confab.id,
        "Hello there, Ada",
        thread_ts=root.ts,
        bot_id=workspace.confab.bot_id,
        app_id=workspace.confab.app_id,
        markdown=True,
        stream=Stream(state, workspace.clock(), workspace.ada.id, first="Hello"),
    )
    return workspace.record.publish(message)


async def test_only_the_recipient_reads_a_stream_as_it_grows(workspace: Workspace) -> None:
    message = streamed(workspace, StreamState.IN_PROGRESS)
    assert seen_by(workspace.ada.id, message).text == "Hello there, Ada"
    assert seen_by(workspace.grace.id, message).text == "Hello"


async def test_everybody_reads_a_finished_stream(workspace: Workspace) -> None:
    message = streamed(workspace, StreamState.COMPLETED)
    assert seen_by(workspace.grace.id, message).text == "Hello there, Ada"
    assert not seen_by(workspace.grace.id, message).is_live


async def test_a_stream_that_slack_gave_up_is_marked(workspace: Workspace) -> None:
    assert seen_by(workspace.ada.id, streamed(workspace, StreamState.ERRORED)).broke_off


async def test_blocks_take_the_place_of_a_text_but_stand_under_a_stream(workspace: Workspace) -> None:
    blocks = ({"type": "divider"},)
    plain = workspace.post(workspace.weather, workspace.general, "Sunny")
    assert seen_by(workspace.ada.id, replace(plain, blocks=blocks)).text == ""
    ended = replace(streamed(workspace, StreamState.COMPLETED), blocks=blocks)
    assert seen_by(workspace.ada.id, ended).text == "Hello there, Ada"
    assert seen_by(workspace.ada.id, ended).blocks == blocks


async def test_an_ephemeral_message_is_for_one_person(workspace: Workspace) -> None:
    message = replace(
        workspace.post(workspace.weather, workspace.general, "x"), ephemeral_to=workspace.ada.id
    )
    assert is_shown(workspace.ada.id, message)
    assert not is_shown(workspace.grace.id, message)


async def test_a_message_follows_on_from_its_authors_last_one_for_five_minutes(workspace: Workspace) -> None:
    first = workspace.post(workspace.ada, workspace.general, "one")
    second = workspace.post(workspace.ada, workspace.general, "two")
    other = workspace.post(workspace.grace, workspace.general, "three")
    assert follows_on(second, first)
    assert not follows_on(other, second)
    assert not follows_on(first, None)
    assert not follows_on(replace(second, ts=f"{float(first.ts) + 301:.6f}"), first)


async def test_what_others_write_is_new_until_the_channel_is_looked_at(workspace: Workspace) -> None:
    marks = ReadMarks(workspace)
    workspace.post(workspace.ada, workspace.general, "mine")
    assert marks.unread(workspace.ada.id, workspace.general) == Unread()
    workspace.post(workspace.grace, workspace.general, "yours")
    assert marks.unread(workspace.ada.id, workspace.general) == Unread(anything=True, for_me=0)
    workspace.post(workspace.grace, workspace.general, "@Ada yours")
    assert marks.unread(workspace.ada.id, workspace.general) == Unread(anything=True, for_me=1)
    marks.read(workspace.ada.id, workspace.general.id)
    assert marks.unread(workspace.ada.id, workspace.general) == Unread()


async def test_every_direct_message_is_meant_for_its_reader(workspace: Workspace) -> None:
    direct = workspace.direct(workspace.ada)
    workspace.post(workspace.confab, direct, "Hello")
    assert ReadMarks(workspace).unread(workspace.ada.id, direct).for_me == 1


async def test_a_thread_says_who_is_at_work_in_it(workspace: Workspace) -> None:
    message = streamed(workspace, StreamState.IN_PROGRESS)
    place = (message.channel, message.root_ts)
    assert who_works(workspace, *place) == "Confab is writing"
    workspace.record.retouch(message, stream=None)
    assert who_works(workspace, *place) is None
    workspace.surfaces.set_status(*place, SessionStatus.PROCESSING)
    assert who_works(workspace, *place) == "Confab is thinking"
    workspace.surfaces.set_line(*place, "is reading the thread...")
    assert who_works(workspace, *place) == "Confab is reading the thread"
