"""Engines: the same results from one process and from several, and a death that costs one item."""

from __future__ import annotations

import os

import pytest

from pipeline.engines import Engine, Lost, Processes, Serial, engine_for


def square(number: int) -> int:
    return number * number


def die_of_seven(number: int) -> int:
    if number == 7:
        os._exit(1)
    return number


@pytest.mark.parametrize("engine", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_every_item_has_its_result(engine: Engine) -> None:
    assert sorted(engine.run(square, range(20))) == [(i, i * i) for i in range(20)]


@pytest.mark.parametrize("engine", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_no_items_give_no_results(engine: Engine) -> None:
    nothing: list[int] = []
    assert list(engine.run(square, nothing)) == []


def test_a_process_that_dies_costs_the_item_that_killed_it_only() -> None:
    results = dict(Processes(2).run(die_of_seven, range(12)))
    assert results == {i: Lost() if i == 7 else i for i in range(12)}


def test_the_number_of_jobs_names_the_engine() -> None:
    assert isinstance(engine_for(1), Serial)
    assert isinstance(engine_for(3), Processes)
