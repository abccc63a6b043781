"""The supervisor with its real processes; the scripted stand-in takes the model's place."""

import json
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import bot as bot_package
from bot.__main__ import main
from tests.playground.supervised import Supervised, running, started, until


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    with running(tmp_path_factory.mktemp("playground"), "--scripted") as running_playground:
        yield running_playground


def test_it_says_one_address_and_the_page_is_there(playground: Supervised) -> None:
    assert playground.said.count("http") == 1
    with urllib.request.urlopen(playground.address, timeout=10) as response:
        assert response.status == 200
        assert "Confab playground" in response.read().decode()


def test_workspace_model_and_bot_are_processes_of_their_own(playground: Supervised) -> None:
    assert set(playground.children) == {"page", "model", "bot"}


def test_slacks_routes_stand_beside_the_page(playground: Supervised) -> None:
    with urllib.request.urlopen(f"{playground.address}/api/auth.test", timeout=10) as response:
        assert json.load(response) == {"ok": False, "error": "not_authed"}


def test_nothing_but_loopback_listens(playground: Supervised) -> None:
    listening = [
        connection.laddr.ip
        for child in playground.children.values()
        for connection in child.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert set(listening) == {"127.0.0.1"}


def test_a_run_writes_into_its_own_folder_alone(playground: Supervised) -> None:
    assert {each.name for each in playground.cwd.iterdir()} == {".playground", "output"}
    assert {"confab.db", "bot.log", "page.log", "model.log"} <= {
        each.name for each in playground.folder.iterdir()
    }


def test_no_token_is_in_a_log(playground: Supervised) -> None:
    for log in playground.folder.glob("*.log"):
        assert "xoxb-" not in log.read_text()
        assert "xapp-" not in log.read_text()


def test_a_bot_that_is_killed_is_started_again(playground: Supervised) -> None:
    bot = playground.children["bot"]
    bot.kill()
    until(lambda: playground.children.get("bot", bot).pid != bot.pid)
    log = playground.folder / "bot.log"
    until(lambda: log.read_text().count("connected to") == 2)
    assert json.loads((playground.folder / "bot.json").read_text())["pid"] == playground.children["bot"].pid


def test_a_taken_port_moves_on_to_the_next(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running(tmp_path, "--scripted", "--port", str(port)) as playground:
            assert port < int(playground.address.rpartition(":")[2]) <= port + 100
            children = list(playground.children.values())
            assert playground.end(signal.SIGINT) == 0
        assert not any(child.is_running() for child in children)


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port_is_refused_in_a_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["playground", "--port", port])
    assert ended.value.code == 2
    assert f"{port} is no port. Choose a number from 1 to 65535." in capsys.readouterr().err


def test_no_process_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, "--scripted") as playground:
        children = list(playground.children.values())
        assert len(children) == 3
        playground.end(signal.SIGKILL)
        _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


def test_a_bot_that_cannot_start_is_shown_with_its_last_words(tmp_path: Path) -> None:
    with started(tmp_path, "--scripted", environ={"CONFAB_LEASE_SECONDS": "soon"}) as playground:
        assert playground.process.wait(90) == 1
        assert "The playground cannot go on" in playground.said
        assert "CONFAB_LEASE_SECONDS" in playground.said
        assert "Traceback" not in playground.said


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with started(tmp_path, environ={"MODEL": "absent.gguf"}) as playground:
        assert playground.process.wait(90) == 1
        assert str(tmp_path / "absent.gguf") in playground.said


def test_a_change_of_the_bots_code_restarts_it(tmp_path: Path) -> None:
    with running(tmp_path, "--scripted", "--reload") as playground:
        bot = playground.children["bot"]
        settings = Path(bot_package.__file__).parent / "settings.py"
        until(lambda: _restarted(playground, bot, settings), 30)
        log = playground.folder / "bot.log"
        until(lambda: log.read_text().count("connected to") >= 2)
        assert "stopped" in log.read_text()


def _restarted(playground: Supervised, bot: psutil.Process, touched: Path) -> bool:
    """Touch the file until it is noticed: when the watch begins, nobody says."""
    touched.touch()
    time.sleep(0.5)
    return playground.children.get("bot", bot).pid != bot.pid
