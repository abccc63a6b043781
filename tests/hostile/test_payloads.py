"""Nothing that could ever arrive breaks Confab: it is taken, or acknowledged and dropped.

CONFAB_FUZZ_SECONDS lets it go on for longer than a test of the suite should.
"""

import os
import re
import time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.hostile.payloads import Payload, spoilt
from tests.hostile.stage import Ear, Stage
from tests.hostile.walk import genuine_payloads

SECONDS = float(os.environ.get("CONFAB_FUZZ_SECONDS", "12"))
SEED = int(os.environ.get("CONFAB_FUZZ_SEED", time.time_ns() % 10**9))
AT_ONCE = 25

TECHNICAL = re.compile(
    r"Traceback|(?:Error|Exception)\(|\b(?:Type|Value|Key|Attribute|Index|Unicode)\w*Error\b"
)


def test_no_payload_breaks_confab(stage: Stage, ear: Ear) -> None:
    print(f"CONFAB_FUZZ_SEED={SEED}")  # noqa: T201 - to replay a failure
    genuine = stage.runner.run(genuine_payloads(stage.scene))
    until = time.monotonic() + SECONDS

    @seed(SEED)
    @settings(
        max_examples=int(2 * SECONDS),
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # the same payloads again would meet another database
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(spoilt(genuine), min_size=AT_ONCE, max_size=AT_ONCE))
    def send(payloads: list[tuple[str, Payload]]) -> None:
        if time.monotonic() > until:
            return
        assert stage.refused(stage.deliver(payloads)) == []
        assert stage.half_written() == []

    send()
    assert ear.heard() == []
    assert [text for text in stage.said() if TECHNICAL.search(text)] == []
    assert stage.answers_still()
