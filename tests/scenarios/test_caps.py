"""What ends a conversation, or a day: the caps on turns and on tokens."""

import asyncio
from dataclasses import replace

import pytest

from bot.chat.comparing import Candidate, Kind
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.spending import total
from bot.chat.versions import DraftKey
from bot.errors import DailyCapReached
from bot.playground.model.scripted.answer import Answer
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene

NO_TOKENS = "tokens for today are used up, or nearly so: there will be new ones at midnight UTC"


async def test_a_thread_ends_friendly_after_its_turns_and_a_new_one_begins(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        setup = Setup(settings=ChannelSettings(turn_cap=2))
        await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)
        root = scene.ask("@Confab one")
        await scene.answered(root)
        scene.ask("two", under=root)
        await scene.answered(root, 2)
        for number in (3, 4):
            scene.ask(f"number {number}", under=root)
            told = await scene.answered(root, number)
            assert told[-1] == (
                "This conversation has had its 2 turns. Start a new thread, and I will gladly go on there."
            )
        other = scene.ask("@Confab five")
        await scene.answered(other)
    assert [asked.question for asked in scene.azure.requests] == ["one", "two", "five"]


async def test_a_turn_that_was_not_answered_is_not_counted(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.append(Answer("", reasoning_tokens=800))
    async with scene.confab() as confab:
        setup = Setup(settings=ChannelSettings(turn_cap=1))
        await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)
        root = scene.ask("@Confab one")
        [told] = await scene.answered(root)
        assert "maximum response" in told
        scene.azure.replies["two"] = "Yes."
        scene.ask("two", under=root)
        assert (await scene.answered(root, 2))[-1] == "Yes."


async def test_a_channels_daily_tokens_end_in_one_sentence_and_no_other_channel_minds(
    scene: Scene,
) -> None:
    slack = scene.slack
    settings = ChannelSettings(max_response=200, daily_tokens=300)
    async with scene.confab() as confab:
        await confab.setups.publish(slack.team.id, slack.general.id, Setup(settings=settings), slack.ada.id)
        scene.azure.answers.append(Answer("word " * 100))
        await scene.answered(scene.ask("@Confab one"))
        asked = len(scene.azure.requests)
        [told] = await scene.answered(scene.ask("@Confab two"))
        assert f"This channel's 300 {NO_TOKENS}" in told
        assert len(scene.azure.requests) == asked
        await scene.answered(scene.ask("@Confab three", slack.xbox_support))
        more = replace(settings, daily_tokens=10_000)
        await confab.setups.publish(slack.team.id, slack.general.id, Setup(settings=more), slack.ada.id)
        await scene.answered(scene.ask("@Confab four"))
    assert len(scene.azure.requests) == asked + 2


async def test_parallel_turns_do_not_overshoot_the_workspaces_daily_tokens(scene: Scene) -> None:
    scene.azure.answers += [Answer("Yes, indeed.", stuck_after=1) for _ in range(8)]
    async with scene.confab(CONFAB_DAILY_TOKENS="2600") as confab:
        roots = [scene.ask(f"@Confab question {n}") for n in range(8)]
        await scene.until(lambda: sum(NO_TOKENS in "".join(scene.answers(root)) for root in roots) == 5)
        assert len(scene.azure.requests) == 3
        scene.azure.release()
        await asyncio.gather(*(scene.answered(root) for root in roots))
        await scene.settled()
        # What the three had not needed is free again.
        scene.azure.answers.clear()
        await scene.answered(scene.ask("@Confab once more"))
    assert len(scene.azure.requests) == 4
    assert confab.workspace.us.team_id == scene.slack.team.id


async def test_a_comparison_counts_and_the_channels_published_cap_ends_it(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    key = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
    current, draft = Candidate(Kind.CURRENT), Candidate(Kind.DRAFT)
    async with scene.confab() as confab:
        capped = Setup(settings=ChannelSettings(max_response=200, daily_tokens=600))
        await confab.setups.publish(slack.team.id, slack.general.id, capped, slack.ada.id)
        await confab.trade.configuring.set_settings(key, None, {"daily_tokens": "", "temperature": "0.1"})
        scene.azure.answers += [Answer("word " * 180), Answer("word " * 180)]
        first = await confab.trade.comparing.compare(key, "one?", current, draft)
        assert isinstance(first, tuple)
        assert [side.sentence for side in first] == ["", ""]
        with pytest.raises(DailyCapReached, match=NO_TOKENS):
            await confab.trade.comparing.compare(key, "two?", current, draft)
        [told] = await scene.answered(scene.ask("@Confab three?"))
        assert NO_TOKENS in told
    assert len(scene.azure.requests) == 2


async def test_a_comparison_is_asked_of_both_or_of_nobody(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    key = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
    current, other = Candidate(Kind.CURRENT), Candidate(Kind.DEPLOYMENT, "qwen3-8b")
    async with scene.confab() as confab:
        capped = Setup(settings=ChannelSettings(max_response=200, daily_tokens=350))
        await confab.setups.publish(slack.team.id, slack.general.id, capped, slack.ada.id)
        with pytest.raises(DailyCapReached, match="more than this channel has in a whole day"):
            await confab.trade.comparing.compare(key, "one?", current, other)
        assert not scene.azure.requests
        await scene.answered(scene.ask("@Confab is one side's room left?"))
    assert len(scene.azure.requests) == 1, "nothing stays held of what was refused"


async def test_a_comparison_is_in_the_usage_of_who_asked_for_it(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    key = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
    current, other = Candidate(Kind.CURRENT), Candidate(Kind.DEPLOYMENT, "qwen3-8b")
    async with scene.confab() as confab:
        sides = await confab.trade.comparing.compare(key, "one?", current, other)
        assert isinstance(sides, tuple)
        took = sum(total(side.usage) for side in sides)
        homes = confab.trade.at_home.homes
        ours, theirs = [await homes.spent(slack.team.id, each.id) for each in (slack.ada, slack.grace)]
    assert took > 0
    assert (ours.today, ours.month, theirs.month) == (took, took, 0)


async def test_the_command_says_what_the_channel_took_today_and_this_month(small_scene: Scene) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    async with scene.confab() as confab:
        await scene.answered(scene.ask("@Confab hello"))
        await scene.answered(scene.ask("@Confab elsewhere", scene.slack.xbox_support))
        await scene.settled()
        spent = await confab.trade.answering.model.spending.spent(scene.slack.team.id, scene.slack.general.id)
        today, month = total(spent.today), total(spent.month)
        assert min(today, month) > 0
        said = await ada.hears("/confab usage")
    assert f"*{today:,}* tokens today and *{month:,}* this month" in said
