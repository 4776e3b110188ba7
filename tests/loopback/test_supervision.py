"""The supervisor keeps broken work from harming the rest, and knows how it is."""

import asyncio
from collections.abc import Callable

from watchdog.ledger import LedgerError
from watchdog.supervision import Loop, Supervisor


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  what we wait for rings no bell
            await asyncio.sleep(0.01)


async def test_broken_work_is_begun_anew_while_the_rest_goes_on() -> None:
    supervisor, broken, sound = Supervisor(), Loop(name="broken"), Loop(name="sound")
    tries: list[str] = []

    async def fail() -> None:
        tries.append("broken")
        raise ZeroDivisionError

    async def succeed() -> None:
        tries.append("sound")

    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.repeat(broken, fail, pause=0))
        group.create_task(supervisor.repeat(sound, succeed, pause=0.01))
        await until(lambda: tries.count("broken") == 2)
        troubles = supervisor.troubles
        supervisor.stop()

    assert tries.count("sound") > 2
    assert troubles == [
        "The work “broken” keeps failing. A bug of ours: ZeroDivisionError."
    ]


async def test_work_that_gets_on_again_is_in_no_trouble_any_more() -> None:
    supervisor, loop = Supervisor(), Loop(name="ledger")
    failures = [LedgerError("The disk is full.")]
    seen: list[str] = []

    async def step() -> None:
        if failures:
            raise failures.pop()
        seen.append(str(supervisor.ledger_error))

    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.repeat(loop, step, pause=0.01))
        await until(lambda: bool(loop.failures))
        assert str(supervisor.ledger_error) == "The disk is full."
        await until(lambda: bool(seen) and not loop.failures)
        supervisor.stop()

    assert not supervisor.troubles


async def test_what_keeps_failing_is_tried_again_after_the_longest_pause() -> None:
    supervisor, loop, times = Supervisor(longest_pause=0.01), Loop(name="judge"), []

    async def step() -> None:
        times.append(1)
        raise LedgerError("The disk is full.")

    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.repeat(loop, step, pause=60))
        await until(lambda: len(times) == 9)
        supervisor.stop()


async def test_a_stop_lets_the_step_end_that_is_being_done() -> None:
    supervisor, loop = Supervisor(), Loop(name="alarms")
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def step() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.repeat(loop, step, pause=60))
        await begun.wait()
        supervisor.stop()
        may_end.set()

    assert ended.is_set()
    assert not supervisor.loops


async def test_a_bell_ends_the_pause() -> None:
    supervisor, loop, times = Supervisor(), Loop(name="judge"), []

    async def step() -> None:
        times.append(1)

    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.repeat(loop, step, pause=60))
        await until(lambda: len(times) == 1)
        loop.bell.set()
        await until(lambda: len(times) == 2)
        supervisor.stop()
