"""The eleventh point of a kill: while the database is brought up to date."""

import asyncio
import time
from pathlib import Path

from tests.faults.bots import AS_OPERATORS_DO, Bot
from tests.faults.place import Place
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict
from tests.scenarios.processes import confab
from tests.scenarios.scene import environ_for

MIGRATE = ("-m", "bot", "migrate")
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


async def killed_while_migrating(place: Place, seed: int) -> Verdict:
    """SQLite is migrated by the bot itself, PostgreSQL by its operator's command."""
    async with place.stage(empty=True) as stage:
        stage.chance.seed(seed)
        environ = environ_for(stage.running, stage.azure, stage.url)
        program = AS_OPERATORS_DO if place.database == "sqlite" else MIGRATE
        victim = await Bot.start(environ, Path(f"{stage.log_folder}/victim.log"), program)
        await stage.until(lambda: _touched(stage))
        await asyncio.sleep(stage.chance.uniform(0, 0.3))
        await victim.kill()
        if place.database == "postgresql":
            code, said = await confab(environ, "migrate")
            assert code == 0, said
        question = stage.ask()
        since = time.monotonic()
        await stage.start()
        return await stage.verdict([question], since, calls=1)


async def _touched(stage: Stage) -> bool:
    if stage.books.backend == "sqlite":
        return await asyncio.to_thread(Path(stage.url.removeprefix("sqlite:///")).exists)
    return bool(await stage.books.value(OTHERS))
