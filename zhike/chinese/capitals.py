"""人民币大写: an amount as it is written on contracts, receipts and cheques, where a figure could be altered: 壹万零伍拾元整."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万")
LARGEST = Decimal(10) ** 16


def in_capitals(amount: Decimal) -> str:
    """The amount in yuan, 角 and 分. Raises ValueError for a fraction of a cent or more than sixteen digits."""
    whole, rest = divmod(abs(amount) * 100, 100)
    if rest != int(rest) or whole >= LARGEST:
        raise ValueError("大写金额应为不超过 16 位整数、两位小数的数")
    yuan, (jiao, fen) = int(whole), divmod(int(rest), 10)
    said = f"{_whole(yuan)}元" if yuan else ""
    return ("负" if amount < 0 else "") + _with_coins(said, jiao, fen)


def _with_coins(yuan: str, jiao: int, fen: int) -> str:
    """整 closes what has no 分; 零 stands for a missing 角 between yuan and 分."""
    if not jiao and not fen:
        return f"{yuan or '零元'}整"
    gap = "零" if yuan and not jiao else ""
    coins = (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "整")
    return f"{yuan}{gap}{coins}"


def _whole(number: int) -> str:
    """Group by group of four digits; a group that does not fill its thousands is led in by 零."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            said += "亿" if place == 2 and said else ""  # 壹万亿
            continue
        said += "零" if said and (group < 1000 or not groups[place + 1]) else ""
        said += _group(group) + GROUPS[place]
    return said


def _group(number: int) -> str:
    """One to 9999, with one 零 for zeros between digits."""
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[place]
        gap = not digit and bool(said)
    return said
