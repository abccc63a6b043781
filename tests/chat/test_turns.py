from bot.chat.turns import MOVES, Move, TurnState


def test_only_open_turns_move_unless_another_answer_is_wanted() -> None:
    for move, (sources, _) in MOVES.items():
        assert all(state.open for state in sources) is (move is not Move.REOPEN)


def test_every_ending_is_reached_by_exactly_one_move() -> None:
    targets = [target for move, (_, target) in MOVES.items() if move is not Move.REOPEN]
    assert sorted(targets) == sorted(set(TurnState) - {TurnState.WAITING})


def test_nothing_moves_back_to_waiting() -> None:
    assert TurnState.WAITING not in {target for _, target in MOVES.values()}
    assert TurnState.RUNNING in MOVES[Move.CLAIM][0]
