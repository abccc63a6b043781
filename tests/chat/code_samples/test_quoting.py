import ast
import inspect
import json

from hypothesis import given
from hypothesis import strategies as st
from openai.resources.chat import Completions as ChatCompletions
from openai.resources.completions import Completions

from bot.chat.code_samples.call import Call
from bot.chat.code_samples.python_code import NAMED, python_code
from bot.chat.code_samples.quoting import json_text, python_literal
from bot.chat.deployments import Transport
from bot.chat.messages import Role, Utterance
from bot.chat.sent import Sent

_texts = st.text() | st.text(alphabet="\n\r\\\"'$`{}#\u202e\u200b\x00\ud83d \u05d0\U0001f44d")
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=8,
)


@given(_values)
def test_a_python_literal_is_exactly_the_value(value: object) -> None:
    assert ast.literal_eval(python_literal(value)) == value


@given(_values)
def test_json_is_exactly_the_value(value: object) -> None:
    assert json.loads(json_text(value)) == value


@given(_texts)
def test_nothing_in_a_literal_is_hidden_from_the_eye(text: str) -> None:
    for written in (python_literal(text), json_text(text)):
        assert all(character.isprintable() or character == "\n" for character in written)


@given(_values)
def test_no_line_of_json_ends_a_heredoc(value: object) -> None:
    assert "JSON" not in json_text({"model": value}).split("\n")


def test_text_of_several_lines_stands_on_as_many() -> None:
    assert python_literal("one\ntwo") == '(\n    "one\\n"\n    "two"\n)'
    assert python_literal("one\n") == '"one\\n"'


def test_the_named_parameters_are_the_packages_own() -> None:
    for path, create in (("chat/completions", ChatCompletions.create), ("completions", Completions.create)):
        assert NAMED[path] <= inspect.signature(create).parameters.keys()


def test_what_the_package_does_not_name_travels_beside_it() -> None:
    sent = Sent("qwen3-8b", Transport.CHATML, None, {"top_k": 40, "max_tokens": 5})
    code = python_code(Call(sent, (Utterance(Role.USER, "hello"),)))
    assert "    max_tokens=5,\n" in code
    assert '    extra_body={"top_k": 40},\n' in code
