"""首屏: what stands between opening the page and seeing it."""

from __future__ import annotations

from tests.bench.script import ENTRY, HOME, weight


def test_the_frame_needs_no_more_than_200_kilobytes_of_script() -> None:
    assert weight(ENTRY) <= 200


def test_the_first_screen_with_its_cards_needs_no_more_than_250_kilobytes_of_script() -> None:
    assert weight(ENTRY, HOME) <= 250
