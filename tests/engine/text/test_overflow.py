import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserError
from engine.messages import Role
from engine.protocol.values import OverflowPolicy
from engine.text.overflow import Kept, choose_messages, reply_room

POLICIES: tuple[OverflowPolicy, ...] = ("stop", "drop_oldest", "keep_ends")
roles_and_tokens = st.lists(
    st.tuples(st.sampled_from(("system", "user", "assistant", "tool")), st.integers(1, 300)),
    min_size=1,
    max_size=14,
)


@given(
    roles_and_tokens,
    st.sampled_from(POLICIES),
    st.integers(100, 1500),
    st.integers(0, 50),
    st.integers(0, 5),
    st.integers(0, 60),
)
def test_what_stays_fits_and_whole_turns_go(
    messages: list[tuple[Role, int]],
    policy: OverflowPolicy,
    n_ctx: int,
    room: int,
    keep_first: int,
    fixed: int,
) -> None:
    roles = [role for role, _ in messages]
    tokens = [count for _, count in messages]
    total = fixed + sum(tokens)
    try:
        kept = choose_messages(
            roles, tokens, n_ctx=n_ctx, reply_room=room, policy=policy, keep_first=keep_first, fixed=fixed
        )
    except UserError as error:
        codes = ("context.no_room", "context.message_too_long")
        _check_refusal(error.code in codes and total + room > n_ctx)
        return
    assert kept.tokens + room <= n_ctx
    assert kept.tokens == fixed + sum(tokens[index] for index in kept.kept)
    assert sorted(kept.kept + kept.dropped) == list(range(len(roles)))
    assert not any(roles[index] == "system" for index in kept.dropped)
    users = [index for index, role in enumerate(roles) if role == "user"]
    assert not users or users[-1] in kept.kept
    for index in kept.dropped:
        following = index + 1
        while following < len(roles) and roles[following] not in ("user", "system"):
            assert following in kept.dropped
            following += 1
    if total + room <= n_ctx or policy == "stop":
        assert kept.dropped == ()
    if policy == "keep_ends":
        spared = [index for index, role in enumerate(roles) if role != "system"][:keep_first]
        assert not set(spared) & set(kept.dropped)
    if policy == "drop_oldest" and kept.dropped:
        talk = [index for index, role in enumerate(roles) if role != "system"]
        assert list(kept.dropped) == talk[: len(kept.dropped)]


def _check_refusal(justified: bool) -> None:
    assert justified


TALK: list[Role] = ["system", "user", "assistant", "user", "assistant", "user", "assistant", "user"]


def choose(policy: OverflowPolicy, n_ctx: int, keep_first: int = 2) -> Kept:
    return choose_messages(
        TALK, [10, *[100] * 7], n_ctx=n_ctx, reply_room=50, policy=policy, keep_first=keep_first
    )


def test_each_policy_on_one_conversation() -> None:
    assert choose("drop_oldest", 800).dropped == ()
    assert choose("drop_oldest", 700).dropped == (1, 2)
    assert choose("drop_oldest", 400).dropped == (1, 2, 3, 4)
    assert choose("keep_ends", 700).dropped == (3, 4)
    assert choose("keep_ends", 400).dropped == (3, 4, 5, 6)
    with pytest.raises(UserError) as caught:
        choose("stop", 700)
    assert caught.value.code == "context.no_room"
    asked = caught.value.params
    assert int(asked["prompt"]) + int(asked["reply"]) == 760


def test_what_cannot_fit_names_the_reason() -> None:
    with pytest.raises(UserError) as caught:
        choose("drop_oldest", 120)
    assert caught.value.code == "context.message_too_long"
    assert caught.value.params["needed"] == "100"
    with pytest.raises(UserError) as caught:
        choose("keep_ends", 300, keep_first=5)
    assert caught.value.code == "context.no_room"


def test_room_for_the_reply() -> None:
    assert reply_room(4096, 0, -1) == 1024
    assert reply_room(4096, 0, 100) == 100
    assert reply_room(4096, 300, 100) == 300
    assert reply_room(4096, 9999, 100) == 1024
    assert reply_room(2, 0, -1) == 1
