from openai import AsyncOpenAI

from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.asked import Asked
from tests.playground.model.saying import CHATML, ask, complete, hear

PERSONA = {"role": "system", "content": "You are an Xbox customer support agent."}
FIRST = {"role": "user", "content": "I'm interested in buying a new Xbox"}
ANSWER = {"role": "assistant", "content": "Wonderful."}
SECOND = {"role": "user", "content": "What models are available?"}


async def test_untold_it_shows_the_persona_the_question_and_what_came_before(client: AsyncOpenAI) -> None:
    answer = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[PERSONA, FIRST, ANSWER, SECOND],  # type: ignore[list-item] # the SDK wants its own types
    )

    said = answer.choices[0].message.content or ""
    assert "Xbox customer support agent" in said
    assert "What models are available" in said
    assert "2 past messages" in said
    assert "buying a new Xbox" in said


async def test_it_says_the_same_to_the_same(client: AsyncOpenAI) -> None:
    first, again = await hear(client, "What is new?"), await hear(client, "What is new?")

    assert first.text == again.text
    assert first.text != (await hear(client, "What is old?")).text


async def test_chatml_is_answered_like_the_same_messages(client: AsyncOpenAI) -> None:
    spoken = await complete(client)
    chatted = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[PERSONA, SECOND],  # type: ignore[list-item] # the SDK wants its own types
    )

    text = "".join(each.choices[0].text for each in spoken if each.choices)
    assert text == chatted.choices[0].message.content


async def test_it_keeps_to_the_maximum_that_was_asked_for(client: AsyncOpenAI) -> None:
    heard = await hear(client, max_tokens=3)

    assert heard.reason == "length"
    assert len([each for each in heard.chunks if each.choices and each.choices[0].delta.content]) == 3


async def test_a_function_of_the_request_may_answer(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    def shout(asked: Asked) -> str:
        return asked.question.upper()

    azure.brain = shout

    assert (await hear(client, "hello")).text == "HELLO"


async def test_scripted_answers_come_first_then_those_kept_for_a_question(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.answers.append("Only once.")
    azure.replies["Hello"] = "Always."

    said = [(await ask(client, "Hello")).choices[0].message.content for _ in range(3)]

    assert said == ["Only once.", "Always.", "Always."]


async def test_what_was_asked_is_kept_without_the_key(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    await complete(client, extra_headers={"x-ms-client-request-id": "turn-1", "api-key": azure.key})

    (asked,) = azure.requests
    assert asked.id == "turn-1"
    assert asked.prompt == CHATML
    assert asked.persona == "You are an Xbox customer support agent."
    assert asked.question == "What models are available?"
    assert asked.past == ()
    assert asked.stops == ("<|im_end|>",)
    assert azure.key not in repr(asked.headers)


async def test_a_request_shows_no_text_in_its_repr(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    await complete(client)

    assert "Xbox" not in repr(azure.requests)
    assert "Xbox" not in repr(azure.recordings.all())
