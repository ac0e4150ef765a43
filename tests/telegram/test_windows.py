"""No stretch of time holds more than a window allows, and none is kept waiting without need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.windows import CHAT, GROUP, ChatWindows, Window

TIMES = st.lists(st.floats(0, 5, allow_nan=False), max_size=60)


def fullest(times: list[float], seconds: float) -> int:
    """How many went in the fullest stretch of so many seconds, open at its end."""
    return max((sum(0 <= other - at < seconds for other in times) for at in times), default=0)


def went(window: Window, pauses: list[float], takes: float = 0.0) -> list[float]:
    """When calls begin that are wanted after these pauses, one after the other."""
    now, times = 0.0, []
    for pause in pauses:
        begun = window.free_at(now + pause)
        window.begin()
        now = begun + takes
        window.end(begun, now)
        times.append(begun)
    return times


@given(TIMES, st.integers(1, 8), st.floats(0.1, 10), st.floats(0, 2))
def test_no_stretch_of_time_holds_too_many(
    pauses: list[float], most: int, seconds: float, takes: float
) -> None:
    times = went(Window(most, seconds), pauses, takes)
    for first, later in zip(times, times[most:], strict=False):
        assert later >= first + takes + seconds


@given(TIMES)
def test_nobody_waits_while_there_is_room(pauses: list[float]) -> None:
    window = Window(len(pauses) + 1, 10.0)
    assert went(window, pauses) == [sum(pauses[: n + 1], 0.0) for n in range(len(pauses))]


def test_a_call_under_way_keeps_its_place() -> None:
    window = Window(2, 1.0)
    window.begin()
    window.begin()
    assert window.free_at(5.0) == 6.0, "not before one of them has ended and been gone for long"
    window.end(0.0, 5.5)
    assert window.free_at(5.5) == 6.5


def test_the_time_of_a_quick_call_takes_nothing_from_the_rate() -> None:
    assert went(Window(1, 1.0, 0.1), [0.0] * 4, takes=0.05) == [0.0, 1.0, 2.0, 3.0]
    assert went(Window(1, 1.0, 0.1), [0.0] * 3, takes=0.5) == pytest.approx([0.0, 1.4, 2.8])


def times_of(chat: str, number: int) -> list[float]:
    windows, now, times = ChatWindows(), 0.0, []
    for _ in range(number):
        now = windows.free_at(chat, now)
        windows.begin(chat)
        windows.end(chat, now, now)
        times.append(now)
    assert windows.free_at("another", now) == now
    return times


def test_a_chat_may_have_a_burst_and_then_one_a_second() -> None:
    assert times_of("5", 9) == [0.0, 0.0, 0.0, 3.0, 3.0, 3.0, 6.0, 6.0, 6.0]


def test_a_group_may_have_twenty_a_minute() -> None:
    times = times_of("-100", 50)
    assert fullest(times, GROUP[1]) == GROUP[0]
    assert fullest(times, CHAT[1]) == CHAT[0]


def test_chats_that_are_silent_again_are_forgotten() -> None:
    windows = ChatWindows()
    for number in range(5_000):
        windows.begin(str(number))
        windows.end(str(number), float(number), float(number))
    assert len(windows) <= 1_010
    assert windows.free_at("4999", 4_999.0) == 4_999.0
