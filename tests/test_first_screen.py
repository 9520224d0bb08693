"""首屏: what stands between opening the page and seeing it; 250 kB may come before the first paint, which the frame makes."""

from __future__ import annotations

from tests.bench.script import HOME, weight


def test_the_frame_needs_no_more_than_205_kilobytes_of_script() -> None:
    assert weight() <= 205


def test_the_first_screen_with_its_cards_needs_no_more_than_250_kilobytes_of_script() -> None:
    assert weight(HOME) <= 250
