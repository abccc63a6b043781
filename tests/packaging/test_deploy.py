"""The image and the unit: what can be known without an engine to build them."""

import re
from configparser import ConfigParser

from bot.settings import Settings
from bot.tokens import known_encodings
from tests.packaging.checkout import ROOT
from tests.packaging.test_env_sample import filled_in

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
SETTINGS = Settings.read(filled_in(), known_encodings())


def instructions(word: str) -> list[str]:
    return re.findall(rf"^{word} +(.+)$", DOCKERFILE, re.MULTILINE)


def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / "confab.service")
    return parser


def test_everything_the_image_copies_is_there_and_gets_past_dockerignore() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = [
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    ]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] in let_in, source


def test_no_setting_and_no_database_gets_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert next(line for line in lines if not line.startswith("#")) == "*"
    assert not any(line.startswith("!.") for line in lines)


def test_the_image_runs_confab_itself_as_nobody_in_particular() -> None:
    assert instructions("USER") == ["confab"]
    assert DOCKERFILE.index("USER confab") < DOCKERFILE.index("ENTRYPOINT")
    assert instructions("ENTRYPOINT") == ['["confab"]'], "as process 1 it hears the stop signal itself"
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert instructions("WORKDIR")[-1] == instructions("VOLUME")[0], "the SQLite file lands on the volume"


def test_the_image_installs_with_hashes_only() -> None:
    installs = [part for run in instructions("RUN") for part in run.split("&&") if "install" in part]
    assert installs
    for install in installs:
        assert "--require-hashes" in install or "--no-index" in install, install


def test_the_unit_gives_answers_on_their_way_the_time_to_end() -> None:
    assert float(unit()["Service"]["TimeoutStopSec"]) > SETTINGS.drain_seconds


def test_the_unit_comes_back_after_a_crash_and_not_with_faulty_settings() -> None:
    assert unit()["Service"]["Restart"] == "on-failure"
    assert unit()["Service"]["RestartPreventExitStatus"] == "2"


def test_the_unit_runs_as_nobody_in_particular_in_a_folder_of_its_own() -> None:
    service = unit()["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["WorkingDirectory"] == "%S/" + service["StateDirectory"]
