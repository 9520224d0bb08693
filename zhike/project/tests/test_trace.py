"""The count of requirements: repetitions are counted once, and whoever proves one proves the original."""

from scripts.trace import claimed, distinct
from zhike.testing.requirements import rows


def test_every_repetition_names_a_requirement_that_is_no_repetition() -> None:
    originals = {name for names in distinct(rows()).values() for name in names}
    assert {row["same_as"] for row in rows() if row["same_as"]} - originals == set()


def test_501_rows_are_412_distinct_requirements_in_21_modules() -> None:
    modules = distinct(rows())
    assert (len(rows()), sum(map(len, modules.values())), len(modules)) == (501, 412, 21)


def test_proving_a_repetition_proves_the_original() -> None:
    assert claimed(rows(), {"P-07": ["test"], "V-01": ["test"]}) == {"G-22", "V-01"}
