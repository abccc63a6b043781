from bot.chat.setup import ChannelSettings, ReplyMode, Setup
from bot.chat.versions import WORKSPACE
from tests.database.rooms import CHANNEL, TEAM, Room


async def test_whom_to_answer_is_the_channels_to_say_else_the_workspaces_else_the_usual(room: Room) -> None:
    async def publish(place: str, mode: ReplyMode) -> None:
        await room.setups.publish(TEAM, place, Setup(settings=ChannelSettings(reply_mode=mode)), "UADA")

    async def mode() -> ReplyMode:
        return await room.setups.reply_mode(TEAM, CHANNEL)

    assert await mode() is ReplyMode.ASKERS
    await publish(WORKSPACE, ReplyMode.MENTIONS)
    assert await mode() is ReplyMode.MENTIONS
    await publish(CHANNEL, ReplyMode.EVERY)
    await publish(CHANNEL, ReplyMode.OFF)
    await publish(WORKSPACE, ReplyMode.THREAD)
    assert await mode() is ReplyMode.OFF
    assert (await room.setups.current(TEAM, CHANNEL)).settings.reply_mode is ReplyMode.OFF
    assert await room.setups.reply_mode("T2", CHANNEL) is ReplyMode.ASKERS
