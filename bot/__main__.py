"""The command line: `confab playground`, `run`, `check`, `migrate`, `import` and `export`."""

import argparse
import asyncio
import gc
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from bot.environment import with_dotenv
from bot.errors import ConfabError, MissingExtra, SettingsFaulty, SetupFileFaulty, SetupFileUnwritten

_LAST_PORT = 65535


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 it failed, 2 the settings or the command line are at fault."""
    options = _parser().parse_args(argv)
    environ = with_dotenv(os.environ, Path(".env"))
    try:
        return _carry_out(options, environ)
    except SettingsFaulty as faulty:
        _say(faulty.sentence, sys.stderr)
        return 2
    except ConfabError as error:
        _say(error.for_operators, sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _carry_out(options: argparse.Namespace, environ: dict[str, str]) -> int:
    if options.command == "playground":
        return _playground(options)
    with _for_good():
        from bot import commands  # noqa: PLC0415 - seconds, for which `--help` and the playground need not wait

    match options.command:
        case "run":
            return asyncio.run(commands.run(environ))
        case "check":
            return asyncio.run(commands.check(environ, _say))
        case "migrate":
            _say(commands.migrate(environ))
        case "import":
            text = _text_of(options.file)
            _say(asyncio.run(commands.import_setup(environ, options.channel, text)))
        case "export":
            _write(asyncio.run(commands.export_setup(environ, options.channel)), options.file)
    return 0


@contextmanager
def _for_good() -> Iterator[None]:
    """What is made meanwhile stays as long as the process: nobody looks through it for what may be freed."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SetupFileFaulty(str(file), error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise SetupFileFaulty(str(file), "this is not UTF-8 text") from None


def _write(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupFileUnwritten(str(file), error.strerror or "cannot be written") from None


def _say(line: str, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(line + "\n")


def _playground(options: argparse.Namespace) -> int:
    if find_spec("nicegui") is None:
        raise MissingExtra(what="The playground", extra="playground")
    from bot.playground.start import start  # noqa: PLC0415 - an extra, and the bot never needs it

    return start(port=options.port, scripted=options.scripted, reload=options.reload)


def _port(text: str) -> int:
    """Port 0 takes any that is free."""
    if text.isascii() and text.isdigit() and int(text) <= _LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no port. Choose a number from 1 to {_LAST_PORT}.")


def _channel(text: str) -> str:
    if not re.fullmatch(r"[CDG][A-Z0-9]+|[*]", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no channel's id; Slack shows it under the channel's name"
        )
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="confab", description="The Azure OpenAI playground, living in Slack threads."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    playground = commands.add_parser(
        "playground", help="try Confab here: a local workspace, a local model, no accounts"
    )
    playground.add_argument("--port", type=_port, default=3000, help="where to begin looking for a free port")
    playground.add_argument("--scripted", action="store_true", help="a scripted stand-in instead of a model")
    playground.add_argument("--reload", action="store_true", help="restart the bot when its code changes")
    commands.add_parser("run", help="connect to Slack and answer")
    commands.add_parser("check", help="say line by line what works and what does not")
    commands.add_parser("migrate", help="bring the database up to date")
    imported = commands.add_parser("import", help="give a channel a setup that the Azure playground exported")
    imported.add_argument(
        "--channel",
        required=True,
        type=_channel,
        metavar="ID",
        help="the channel's id, or * for the workspace's default",
    )
    imported.add_argument("file", type=Path, help="the exported JSON file")
    exported = commands.add_parser("export", help="write a channel's setup as the Azure playground's file")
    exported.add_argument(
        "--channel",
        required=True,
        type=_channel,
        metavar="ID",
        help="the channel's id, or * for the workspace's default",
    )
    exported.add_argument("file", type=Path, nargs="?", help="where to; without it, to the terminal")
    return parser


if __name__ == "__main__":
    sys.exit(main())
