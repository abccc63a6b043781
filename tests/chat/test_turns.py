from bot.chat.turns import MOVES, Move, TurnState


def test_only_open_turns_move() -> None:
    for sources, _ in MOVES.values():
        assert all(state.open for state in sources)


def test_every_ending_is_reached_by_exactly_one_move() -> None:
    targets = [target for _, target in MOVES.values()]
    assert sorted(targets) == sorted(set(TurnState) - {TurnState.WAITING})


def test_nothing_moves_back_to_waiting() -> None:
    assert TurnState.WAITING not in {target for _, target in MOVES.values()}
    assert TurnState.RUNNING in MOVES[Move.CLAIM][0]
