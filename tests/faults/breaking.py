"""`confab run` with a fault in it: what is asked for the model raises where the words of FAULTS_DEADLY stand.

Started by the trials, in a process of its own.
"""

import os
import sys
from collections.abc import AsyncGenerator

from bot.__main__ import main
from bot.azure.model import AzureModel
from bot.chat.ports.model import Finish, Piece, Request

right = AzureModel.stream


async def stream(self: AzureModel, request: Request) -> AsyncGenerator[Piece | Finish, None]:
    """The model, but for those words."""
    if os.environ["FAULTS_DEADLY"] in request.utterances[-1].text:
        raise ZeroDivisionError("nobody thought of this")
    async for each in right(self, request):
        yield each


if __name__ == "__main__":
    AzureModel.stream = stream  # type: ignore[method-assign] # in a process that ends with it
    sys.exit(main(["run"]))
