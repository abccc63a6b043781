"""`python -m bot.playground.page`: the workspace and its page, one process, until SIGTERM.

Its lines on stdout are JSON objects for whoever started it: one that it is ready, with what a bot needs to
connect, and one each time the number of the bot's sockets changes.
"""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from bot.playground.page.serving import listen, page_app, server
from bot.playground.page.visitors import let_visitors_in
from bot.playground.run_folder import RunFolder
from bot.playground.workspace import Installation, Workspace


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 after SIGTERM, 1 if there is no free port."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground.page")
    parser.add_argument("--manifest", type=Path, required=True, help="the app to install")
    parser.add_argument("--run-folder", type=Path, required=True, help="where this run keeps its things")
    parser.add_argument("--port", type=int, default=3000, help="the first to try; 0 takes any")
    chosen = parser.parse_args(arguments)
    try:
        asyncio.run(_serve(chosen.manifest, RunFolder(chosen.run_folder), chosen.port))
    except OSError as failed:
        sys.stderr.write(f"Cannot listen on 127.0.0.1:{chosen.port}: {failed.strerror}.\n")
        return 1
    return 0


async def _serve(manifest: Path, folder: RunFolder, port: int) -> None:
    workspace = Workspace(Installation.from_manifest(manifest))
    let_visitors_in(workspace)
    listener = listen(port)
    serving = server(page_app(workspace, folder))
    telling = asyncio.create_task(_tell(workspace, listener.getsockname()[1]))
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, setattr, serving, "should_exit", True)  # noqa: FBT003
    try:
        await serving.serve([listener])
    finally:
        telling.cancel()
        workspace.delivery.close()


async def _tell(workspace: Workspace, port: int) -> None:
    async with workspace.changes.subscribe() as changes:
        _say(
            ready=True,
            port=port,
            bot_token=workspace.app.bot_token,
            app_token=workspace.app.app_token,
            admin=workspace.ada.id,
            channel=workspace.xbox_support.id,
        )
        async for change in changes:
            if change.what == "connection":
                _say(sockets=len(workspace.connections.open))


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
