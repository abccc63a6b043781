"""Uploading files and reading about them."""

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.files import StoredFile
from bot.playground.workspace.messages import JSON, File, Message
from bot.playground.workspace.payloads import file_json
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.web_api.chat import thread_root, writable_channel
from bot.playground.workspace.web_api.content import read_blocks
from bot.playground.workspace.web_api.method import ApiCall, Method, origin_of


def get_upload_url(call: ApiCall) -> JSON:
    """files.getUploadURLExternal."""
    length = call.number("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments", "[ERROR] must be greater than 0 [json-pointer:/length]")
    upload = call.workspace.files.announce(call.word("filename"), length, call.app.user_id)
    url = f"{origin_of(call.base_url)}/upload/{upload.ticket}"
    return {"upload_url": url, "file_id": upload.file_id}


def complete_upload(call: ApiCall) -> JSON:
    """files.completeUploadExternal: without a channel the files stay the app's own."""
    wanted = call.listing("files", "invalid_arguments") or []
    stored = [_own_upload(call, str(each.get("id", ""))) for each in wanted]
    if not stored:
        raise SlackError("invalid_arguments", "[ERROR] no fewer than 1 items allowed [json-pointer:/files]")
    titles = [each.get("title") for each in wanted]
    places = _places(call)
    if places:
        files = [
            call.workspace.files.share(each.file.id, title)
            for each, title in zip(stored, titles, strict=True)
        ]
        for channel in places:
            _share(call, channel, files)
    return {"files": [file_json(each.file) for each in stored]}


def _own_upload(call: ApiCall, file_id: str) -> StoredFile:
    found = call.workspace.files.get(file_id)
    if found is None or found.owner != call.app.user_id:
        raise SlackError("file_not_found")
    if found.shared:
        raise SlackError("file_already_completed")
    return found


def _places(call: ApiCall) -> list[Channel]:
    """Where it is to be shared: in channels, by id; a person's id is none."""
    ids = call.text("channels") or call.text("channel_id") or ""
    team = call.workspace.team
    if any(team.find_person(each) for each in ids.split(",")):
        raise SlackError("channel_not_found")
    return [writable_channel(call, each.strip()) for each in ids.split(",") if each.strip()]


def _share(call: ApiCall, channel: Channel, files: list[File]) -> None:
    message = Message(
        channel.id,
        call.workspace.record.history.mint_ts(),
        call.app.user_id,
        call.text("initial_comment") or "",
        thread_ts=thread_root(call, channel),
        subtype="file_share",
        blocks=tuple(read_blocks(call, "blocks") or ()),
        files=tuple(files),
        bot_id=call.app.bot_id,
        app_id=call.app.app_id,
    )
    call.workspace.record.publish(message)


def info(call: ApiCall) -> JSON:
    """files.info: of files that the app shared itself or that people shared."""
    found = call.workspace.files.get(call.word("file"))
    if found is None:
        raise SlackError("file_not_found")
    return {"file": file_json(found.file), "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = (
    Method(
        "files.getUploadURLExternal",
        get_upload_url,
        Tier.FOUR,
        ("filename", "length"),
        ("alt_txt", "snippet_type"),
        ("files:write",),
    ),
    Method(
        "files.completeUploadExternal",
        complete_upload,
        Tier.FOUR,
        ("files",),
        ("channel_id", "channels", "thread_ts", "initial_comment", "blocks"),
        ("files:write",),
    ),
    Method("files.info", info, Tier.FOUR, ("file",), ("cursor", "limit", "count", "page"), ("files:read",)),
)
