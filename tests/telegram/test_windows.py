"""No stretch of time holds more than a window allows, and none is kept waiting without need."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.windows import CHAT, GROUP, ChatWindows, Window

TIMES = st.lists(st.floats(0, 5, allow_nan=False), max_size=60)


def fullest(times: list[float], seconds: float) -> int:
    """How many went in the fullest stretch of so many seconds, open at its end."""
    return max((sum(0 <= other - at < seconds for other in times) for at in times), default=0)


def went(window: Window, pauses: list[float]) -> list[float]:
    """When messages go that are wanted after these pauses."""
    now, times = 0.0, []
    for pause in pauses:
        now = window.free_at(now + pause)
        window.note(now)
        times.append(now)
    return times


@given(TIMES, st.integers(1, 8), st.floats(0.1, 10))
def test_no_stretch_of_time_holds_too_many(pauses: list[float], most: int, seconds: float) -> None:
    times = went(Window(most, seconds), pauses)
    for first, later in zip(times, times[most:], strict=False):
        assert later >= first + seconds


@given(TIMES)
def test_nobody_waits_while_there_is_room(pauses: list[float]) -> None:
    window = Window(len(pauses) + 1, 10.0)
    assert went(window, pauses) == [sum(pauses[: n + 1], 0.0) for n in range(len(pauses))]


def test_a_chat_may_have_a_burst_and_then_one_a_second() -> None:
    windows, now, times = ChatWindows(), 0.0, []
    for _ in range(9):
        now = windows.free_at("5", now)
        windows.note("5", now)
        times.append(now)
    assert times == [0.0, 0.0, 0.0, 3.0, 3.0, 3.0, 6.0, 6.0, 6.0]


def test_a_group_may_have_twenty_a_minute() -> None:
    windows, now, times = ChatWindows(), 0.0, []
    for _ in range(50):
        now = windows.free_at("-100", now)
        windows.note("-100", now)
        times.append(now)
    assert fullest(times, GROUP[1]) == GROUP[0]
    assert fullest(times, CHAT[1]) == CHAT[0]
    assert windows.free_at("-200", now) == now


def test_chats_that_are_silent_again_are_forgotten() -> None:
    windows = ChatWindows()
    for number in range(5_000):
        windows.note(str(number), float(number))
    assert len(windows) <= 1_010
    assert windows.free_at("4999", 4_999.0) == 4_999.0
