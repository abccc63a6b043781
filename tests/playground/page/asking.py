from aiohttp import ClientSession


async def ask(endpoint: str, key: str, prompt: str, request_id: str) -> str:
    """Ask a deployment of the playground over the ChatML route, as the bot does."""
    body = {"model": "smollm2", "prompt": prompt, "max_tokens": 20, "stop": ["<|im_end|>"]}
    headers = {"api-key": key, "x-ms-client-request-id": request_id}
    async with (
        ClientSession() as session,
        session.post(f"{endpoint}/openai/v1/completions", json=body, headers=headers) as response,
    ):
        assert response.status == 200, await response.text()
        answer = await response.json()
        return str(answer["choices"][0]["text"])
