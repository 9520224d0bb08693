"""A date is read in every usual writing; a doubtful one is refused with what is wrong."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.chinese.dates import CHINA, Order, guess_order, read_date, read_datetime

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
FIRST_OF_MARCH = date(2017, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2017/3/1",
        "2017-03-01",
        "2017.3.1",
        "2017年3月1日",
        "2017 年 3 月 1 日",
        "２０１７－０３－０１",
        "20170301",
        "42795",
        "42795.75",
        "2017-03-01T08:05:00Z",
        "2017/3/1 8:05",
        "2017年3月1日 星期三",
        "17/3/1",
        "1 Mar 2017",
        "Mar 1, 2017",
        "1-Mar-17",
        ' "2017-03-01" ',
    ],
)
def test_a_day_is_read_in_every_usual_writing(written: str) -> None:
    assert read_date(written) == FIRST_OF_MARCH


@pytest.mark.parametrize(("order", "day"), [("mdy", date(2017, 3, 1)), ("dmy", date(2017, 1, 3))])
def test_with_the_year_last_the_order_decides(order: Order, day: date) -> None:
    assert read_date("3/1/2017", order) == day
    assert read_date("03-01-17", order) == day
    assert read_date("2017/3/1", order) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("written", "order", "reason"),
    [
        ("", "ymd", "请填写日期"),
        ("明天", "ymd", "看不懂日期“明天”：请写成 2017-03-01、2017/3/1 或 2017年3月1日"),
        ("3/1/2017", "ymd", "日期“3/1/2017”的年份在最后：请说明是 月/日/年 还是 日/月/年"),
        ("13/1/2017", "mdy", "日期“13/1/2017”按 月/日/年 读，没有 13 月"),
        ("1/13/2017", "dmy", "日期“1/13/2017”按 日/月/年 读，没有 13 月"),
        ("2017-02-29", "ymd", "日期“2017-02-29”按 年/月/日 读，2017 年 2 月没有 29 日"),
        ("20171301", "ymd", "日期“20171301”按 年/月/日 读，没有 13 月"),
        ("2017-03", "ymd", "日期“2017-03”缺少日：请写成 2017-03-01 这样"),
        ("2017", "ymd", "日期“2017”缺少日：请写成 2017-03-01 这样"),
        ("2017-03-01 25:00", "ymd", "“2017-03-01 25:00”里没有这样的时刻"),
        ("2017-03-011", "ymd", "看不懂日期“2017-03-011”：请写成 2017-03-01、2017/3/1 或 2017年3月1日"),
    ],
)
def test_a_doubtful_date_is_refused_with_what_is_wrong(written: str, order: Order, reason: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_date(written, order)
    assert str(refused.value) == reason


@given(
    DAYS,
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d", "%d %b %Y", "%B %d, %Y", "%Y-%m-%dT%H:%M:%S"]),
)
def test_every_writing_gives_the_day(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day


@given(DAYS, st.sampled_from([("mdy", "%m/%d/%Y"), ("dmy", "%d/%m/%Y"), ("dmy", "%d.%m.%Y"), ("mdy", "%m-%d-%Y")]))
def test_every_order_gives_the_day(day: date, form: tuple[Order, str]) -> None:
    assert read_date(day.strftime(form[1]), form[0]) == day


@given(st.integers(10_000, 99_999))
def test_a_sheet_counts_days(serial: int) -> None:
    assert read_date(str(serial)) == date(1927, 5, 18) + timedelta(days=serial - 10_000)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))
def test_a_moment_reads_back(moment: datetime) -> None:
    assert read_datetime(moment.isoformat()) == moment
    nine_hours_ahead = timezone(timedelta(hours=9))
    local = moment.astimezone(nine_hours_ahead).replace(tzinfo=None)
    assert read_datetime(local.isoformat(" "), zone=nine_hours_ahead) == moment


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("2017-03-01", 0, 0),
        ("2017-03-01 08:05", 8, 5),
        ("2017年3月1日 下午3点", 15, 0),
        ("2017年3月1日8时5分", 8, 5),
        ("2017/3/1 5:30 PM", 17, 30),
        ("2017/3/1 12:30 AM", 0, 30),
        ("2017/3/1 中午12:30", 12, 30),
        ("2017-03-01T00:05:00Z", 8, 5),
        ("2017-03-01 08:05:00+0800", 8, 5),
        ("42795.5", 12, 0),
    ],
)
def test_the_time_of_day_is_read_in_the_zone(written: str, hour: int, minute: int) -> None:
    moment = read_datetime(written)
    assert moment == datetime(2017, 3, 1, hour, minute, tzinfo=CHINA)
    assert moment.utcoffset() == timedelta(hours=8)


def test_a_moment_before_all_time_is_refused() -> None:
    with pytest.raises(ValueError, match="超出了可用的范围"):
        read_datetime("0001-01-01 00:00+14:00", zone=UTC)


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["2017/3/1", "20170302", "42795"], "ymd"),
        (["3/1/2017", "3/15/2017", ""], "mdy"),
        (["15/3/2017", "1/3/2017"], "dmy"),
        (["3/1/2017"], "mdy"),
        ([], "ymd"),
    ],
)
def test_the_order_is_guessed_from_samples(samples: list[str], order: Order) -> None:
    assert guess_order(samples) == order


@given(
    st.lists(DAYS, min_size=1).filter(lambda days: any(day.day > 12 for day in days)),
    st.sampled_from([("mdy", "%m/%d/%Y"), ("dmy", "%d/%m/%Y"), ("ymd", "%Y/%m/%d")]),
)
def test_one_day_beyond_the_twelfth_settles_the_order(days: list[date], form: tuple[Order, str]) -> None:
    assert guess_order(day.strftime(form[1]) for day in days) == form[0]


@given(st.text(st.sampled_from("0123456789-/.年月日:TZ+ PM下午")) | st.text(), st.sampled_from(["ymd", "mdy", "dmy"]))
def test_any_text_is_a_date_or_refused_in_chinese(text: str, order: Order) -> None:
    try:
        assert isinstance(read_datetime(text, order), datetime)
    except ValueError as refusal:
        assert any("\u4e00" <= character <= "\u9fff" for character in str(refusal))
