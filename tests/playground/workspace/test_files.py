from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Installation, Workspace
from tests.playground.workspace.conftest import refusal
from tests.playground.workspace.interactions.conftest import app, field, modal, settled

__all__ = ["app"]
MANIFEST = Path(__file__).parent / "interactions" / "manifest.yml"


@pytest.fixture
def installation() -> Installation:
    return Installation.from_manifest(MANIFEST)


async def fetch(url: str, token: str = "") -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.read()


async def test_an_app_uploads_a_file_into_a_thread_of_a_direct_message(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    place = workspace.direct("Ada")
    root = workspace.post("Ada", place, "code please")
    answer = await client.files_upload_v2(
        channel=place.id,
        thread_ts=root.ts,
        content="print('hé')",
        filename="request.py",
        title="This request",
        initial_comment="Here it is",
    )
    message = workspace.record.history.replies(place.id, root.ts)[0]
    assert (message.text, message.subtype, message.user) == ("Here it is", "file_share", workspace.confab.id)
    file = message.files[0]
    assert (file.name, file.title, file.mimetype) == ("request.py", "This request", "text/x-python")
    assert answer["file"]["id"] == file.id
    status, content = await fetch(file.url, workspace.app.bot_token)
    assert (status, content.decode()) == (200, "print('hé')")


async def test_whoever_may_not_read_a_file_is_sent_to_sign_in(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await client.auth_test()
    file = workspace.upload(workspace.ada, "plan.txt", b"secret")
    assert await fetch(file.url, workspace.app.bot_token) == (200, b"secret")
    assert (await fetch(file.url))[0] == 302
    workspace.reinstall(workspace.app.without("files:read"))
    assert (await fetch(file.url, workspace.app.bot_token))[0] == 302
    assert (await refusal(client.files_info(file=file.id))).body["needed"] == "files:read"


async def test_a_file_is_described(workspace: Workspace, client: AsyncWebClient) -> None:
    await client.auth_test()
    file = workspace.upload(workspace.ada, "setup.json", b"{}")
    told = (await client.files_info(file=file.id))["file"]
    assert (told["name"], told["filetype"], told["size"]) == ("setup.json", "json", 2)
    assert (told["user"], told["url_private_download"]) == (workspace.ada.id, file.url)
    assert (await refusal(client.files_info(file="F0NONE"))).error == "file_not_found"


async def test_uploads_are_refused_where_slack_refuses_them(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    finish = client.files_completeUploadExternal
    early = finish(files=[{"id": announced["file_id"]}], channel_id=workspace.general.id)
    assert (await refusal(early)).error == "file_not_found"
    async with aiohttp.ClientSession() as session:
        for content, status in ((b"four", 404), (b"abc", 200), (b"abc", 404)):
            async with session.post(announced["upload_url"], data=content) as answer:
                assert answer.status == status
    files = [{"id": announced["file_id"], "title": "A"}]
    nowhere = {"person": workspace.ada.id, "elsewhere": workspace.random.id}
    codes = [(await refusal(finish(files=files, channel_id=place))).error for place in nowhere.values()]
    assert codes == ["channel_not_found", "not_in_channel"]
    await finish(files=files, channel_id=workspace.general.id)
    again = finish(files=files, channel_id=workspace.general.id)
    assert (await refusal(again)).error == "file_already_completed"
    workspace.reinstall(workspace.app.without("files:write"))
    told = await refusal(client.files_getUploadURLExternal(filename="a.txt", length=3))
    assert told.body["needed"] == "files:write"


async def test_a_modal_takes_files_of_the_kinds_it_asked_for(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    urls: list[str] = []

    @app.view("settings")
    async def take(ack: AsyncAck, view: dict[str, Any]) -> None:
        urls.extend(
            each["url_private_download"] for each in view["state"]["values"]["setup"]["value"]["files"]
        )
        await ack()

    element = {"type": "file_input", "filetypes": ["json"], "max_files": 1}
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    view = (await client.views_open(trigger_id=trigger, view=modal(field("setup", element))))["view"]["id"]
    picture = workspace.upload(workspace.ada, "cat.png", b"x")
    setups = [workspace.upload(workspace.ada, name, b"{}") for name in ("a.json", "b.JSON")]
    for wrong in ([picture], setups, []):
        assert workspace.submit("Ada", view, {"setup": wrong}) is None
    await settled(workspace.submit("Ada", view, {"setup": setups[:1]}))
    assert await fetch(urls[0], workspace.app.bot_token) == (200, b"{}")


async def test_a_file_input_needs_the_right_to_read_files(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.reinstall(workspace.app.without("files:read"))
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    asked = client.views_open(trigger_id=trigger, view=modal(field("setup", {"type": "file_input"})))
    assert (await refusal(asked)).body["needed"] == "files:read"
