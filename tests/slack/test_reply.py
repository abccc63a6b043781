"""Replies as people see them, on a workspace that is as strict as Slack."""

import asyncio

import pytest

from bot.errors import SlackUnwilling
from tests.slack.desk import ANSWER, LONG, desk, short_pages, streamed
from tests.slack.virtual_time import in_virtual_time, now


@in_virtual_time
async def test_an_answer_streams_and_stands_whole() -> None:
    async with desk() as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)
        assert d.methods()[0] == "chat.startStream"
        assert d.methods()[-1] == "chat.stopStream"
        assert d.metadata(asked) == [{"event_type": "confab_turn", "event_payload": {"turn": 7, "part": 0}}]
        assert len(d.kept) == 1


@in_virtual_time
async def test_the_first_words_go_out_at_once() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("There are two models ")
        await asyncio.sleep(0.05)
        assert d.answers(asked) == ["There are two models"]
        await reply.finish(ANSWER)


@in_virtual_time
async def test_in_a_channel_others_see_a_few_whole_words_first() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        for word in ("There ", "are ", "two "):
            reply.write(word)
            await asyncio.sleep(1)
            assert d.answers(asked) == []
        reply.write("models ")
        await asyncio.sleep(0.05)
        assert d.answers(asked, "grace") == ["There are two models"]
        await reply.finish("There are two models")


@in_virtual_time
async def test_in_a_direct_message_the_first_word_will_do() -> None:
    async with desk() as d:
        asked = d.asks("direct", "hello")
        reply = d.reply(d.turn(asked))
        reply.write("Two")
        await asyncio.sleep(0.05)
        assert d.answers(asked) == ["Two"]
        await reply.finish("Two")
        assert d.answers(asked) == ["Two"]


@in_virtual_time
async def test_an_answer_that_came_whole_is_one_call() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert d.methods() == ["chat.postMessage"]


@in_virtual_time
async def test_writing_never_waits_for_slack() -> None:
    async with desk() as d:
        d.theirs.faults.answers_in = 5.0
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        before = now()
        for word in ANSWER.split(" "):
            reply.write(word + " ")
            await asyncio.sleep(0)
        assert now() == before
        await reply.finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@pytest.mark.parametrize("refusal", ["unknown_method", "not_allowed", "missing_scope"])
@in_virtual_time
async def test_a_workspace_that_does_not_stream_gets_edited_messages_and_is_remembered(refusal: str) -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream", refusal)
        for _ in range(2):
            asked = d.asks()
            await streamed(d.reply(d.turn(asked)), ANSWER, every=0.4)
            assert d.answers(asked) == [ANSWER]
        assert d.methods().count("chat.startStream") == 1
        assert d.methods().count("chat.update") >= 2


@in_virtual_time
async def test_edited_messages_link_nothing_unfurl_nothing_and_always_have_a_fallback() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        await streamed(d.reply(d.turn(d.asks())), ANSWER, every=0.4)
        post, *updates = (c.arguments for c in d.theirs.calls.of("chat.postMessage", "chat.update"))
        assert (post["unfurl_links"], post["unfurl_media"]) == (False, False)
        assert all((u["parse"], u["link_names"]) == ("none", False) for u in updates)
        assert all(call["text"] and call["blocks"][0]["type"] == "markdown" for call in (post, *updates))


@in_virtual_time
async def test_a_long_answer_becomes_several_messages_and_arrives_whole() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), LONG)
        found = d.answers(asked)
        assert len(found) > 3
        assert "\n\n".join(found) == LONG
        assert len(d.kept) == len(found)
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_a_stream_ends_before_the_next_one_starts() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        for paragraph in LONG.split("\n\n"):
            reply.write(paragraph)
            await asyncio.sleep(2)
            reply.write("\n\n")
            await asyncio.sleep(2)
            seen = d.theirs.see(asked.channel, asked.ts)
            assert sum(shown.streaming for shown in seen) <= 1
        await reply.finish(LONG)
        assert "\n\n".join(d.answers(asked)) == LONG


@in_virtual_time
async def test_nobody_is_called_by_a_mention_in_pieces() -> None:
    async with desk() as d:
        for direct in ("general", "direct"):
            reply = d.reply(d.turn(asked := d.asks(direct)))
            said = (
                f"Well then now, ask <!channel> or <@{d.theirs.grace.id}> or @everyone or <!here|x> please."
            )
            for letter in said:
                reply.write(letter)
                await asyncio.sleep(0.3)
            await reply.finish(said)
            assert "@\u200bchannel" in d.answers(asked)[0]
        d.theirs.faults.refuse("chat.startStream")
        await streamed(d.reply(d.turn(d.asks())), "One two three <!channel> and @here again")
        assert d.theirs.pings == ()


@in_virtual_time
async def test_a_personas_name_shows_where_the_workspace_allows_it() -> None:
    async with desk() as d:
        await streamed(d.reply(d.turn(asked := d.asks()), "Xbox agent"), ANSWER)
        names = {shown.author_name for shown in d.theirs.see(asked.channel, asked.ts)}
        assert "Xbox agent" in names
    async with desk(change=lambda app: app.without("chat:write.customize")) as d:
        await streamed(d.reply(d.turn(asked := d.asks()), "Xbox agent"), ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert not any(call.error for call in d.theirs.calls.of())


@in_virtual_time
async def test_help_is_for_the_asker_only() -> None:
    async with desk() as d:
        asked = d.asks(text="@Confab")
        await d.slack.help(d.turn(asked))
        assert "thread" in d.answers(asked, "ada")[0]
        assert d.answers(asked, "grace") == []


@in_virtual_time
async def test_help_in_a_direct_message_is_a_message() -> None:
    async with desk() as d:
        asked = d.asks("direct", "hello")
        await d.slack.help(d.turn(asked))
        assert "thread" in d.answers(asked)[0]
        assert d.methods() == ["chat.postMessage"]


@in_virtual_time
async def test_help_in_a_direct_message_is_not_given_again_by_a_later_attempt() -> None:
    async with desk() as d:
        asked = d.asks("direct")
        for attempt in (1, 2):
            await d.slack.help(d.turn(asked, attempt=attempt))
        assert len(d.answers(asked)) == 1


@in_virtual_time
async def test_help_whose_answer_was_lost_is_not_given_blindly_while_slack_is_busy() -> None:
    async with desk() as d:
        asked = d.asks("direct")
        d.theirs.faults.drop_answer("chat.postMessage")
        d.theirs.faults.limit("conversations.replies", 1, times=6)
        with pytest.raises(SlackUnwilling):
            await d.slack.help(d.turn(asked))
        await d.slack.help(d.turn(asked, attempt=2))
        assert len(d.answers(asked)) == 1


@in_virtual_time
async def test_without_streams_a_quick_answer_is_one_call_its_row_included() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        await streamed(d.reply(d.turn(d.asks())), ANSWER, every=0.4)  # no stream is tried from here on
        before = len(d.methods())
        reply = d.reply(d.turn(asked := d.asks()))
        reply.write(ANSWER)
        await asyncio.sleep(0.1)
        await reply.finish(ANSWER)
        assert d.methods()[before:] == ["chat.postMessage"]
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_without_streams_the_last_words_and_the_row_are_one_edit() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        reply = d.reply(d.turn(asked := d.asks()))
        reply.write(ANSWER)
        await asyncio.sleep(10)
        before = len(d.methods())
        reply.write(" And a last word.")
        await asyncio.sleep(0.1)
        await reply.finish(f"{ANSWER} And a last word.")
        assert d.methods()[before:] == ["chat.update"]
        assert d.answers(asked) == [f"{ANSWER} And a last word."]
