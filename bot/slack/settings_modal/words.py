"""What people said of a version's answers, beside their thumbs: without names."""

from collections.abc import Sequence

from bot.chat.opinions import Said
from bot.slack.blocks import Block, context, divider, modal, plain, section
from bot.slack.feedback.texts import NO_WORDS, WORDS, said_line, said_of
from bot.slack.links import Links
from bot.slack.settings_modal import texts

CALLBACK = "settings.words"
READ = "settings.read_words"
"""Its value is the version."""


def words_view(words: Sequence[Said], version: int, links: Links) -> Block:
    """Each word with its thumb, its date and the way to the answer (Slack: 100 blocks)."""
    blocks: list[Block] = [context(said_of(version)) if words else section(NO_WORDS)]
    for each in words:
        place = each.thread
        link = links.message(place.channel_id, each.ts, place.root_ts) if each.ts else ""
        line = said_line(liked=each.liked, when=texts.date(each.at), link=link)
        blocks += [divider(), context(line), {"type": "section", "text": plain(each.text)}]
    return modal(WORDS, blocks, callback_id=CALLBACK, close=texts.BACK)
