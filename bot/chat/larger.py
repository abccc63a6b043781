"""The maximum response that is proposed where hidden reasoning took all of the one before."""

LEAST = 4_000
"""Reasoning models often think for thousands of tokens before the first word that anybody sees."""


def larger_response(max_response: int, context: int) -> int:
    """Four times as much, in tokens, and no more than half of what the deployment holds in all.

    The other half is left for the prompt. Where there is already more than that, it stays as it is.
    """
    return max(max_response, min(max(4 * max_response, LEAST), context // 2))
