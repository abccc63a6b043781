"""Nothing that could ever arrive breaks Confab: it is taken, or acknowledged and dropped.

CONFAB_FUZZ_SECONDS lets it go on with all kinds again until they are over, from another seed each time.
"""

import os
import re
import time
from collections.abc import Sequence
from math import ceil

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.hostile.payloads import Payload, spoilt
from tests.hostile.stage import Ear, Stage
from tests.hostile.walk import genuine_payloads

SECONDS = float(os.environ.get("CONFAB_FUZZ_SECONDS", "0"))
SEED = int(os.environ.get("CONFAB_FUZZ_SEED", time.time_ns() % 10**9 if SECONDS else 1))
AT_ONCE, ROUNDS = 25, 6
"""So many of different kinds are sent together; each kind so many times, damaged anew."""

TECHNICAL = re.compile(
    r"Traceback|(?:Error|Exception)\(|\b(?:Type|Value|Key|Attribute|Index|Unicode)\w*Error\b"
)


def test_no_payload_breaks_confab(stage: Stage, ear: Ear) -> None:
    print(f"CONFAB_FUZZ_SEED={SEED}")  # noqa: T201 - to replay a failure
    genuine = stage.runner.run(genuine_payloads(stage.scene, stage.confab))
    batches = ceil(len(genuine) / AT_ONCE)
    until, passes = time.monotonic() + SECONDS, 0
    while not passes or time.monotonic() < until:
        for number in range(batches):
            _send(stage, genuine[number::batches], genuine, SEED + passes * batches + number)
        passes += 1
    assert ear.heard() == []
    assert ear.faults() == []
    assert [text for text in stage.said() if TECHNICAL.search(text)] == []
    assert stage.answers_still()


def _send(
    stage: Stage, batch: Sequence[tuple[str, Payload]], others: Sequence[tuple[str, Payload]], number: int
) -> None:
    @seed(number)
    @settings(
        max_examples=ROUNDS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # the same payloads again would meet another database
        suppress_health_check=list(HealthCheck),
    )
    @given(spoilt(batch, others))
    def send(payloads: list[tuple[str, Payload]]) -> None:
        assert stage.refused(stage.deliver(payloads)) == []
        assert stage.half_written() == []

    send()
