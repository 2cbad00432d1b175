"""Percentages with their n and N: what base a percentage implies, and whether the three can belong together.

A percentage is judged at the precision in which it is stated: 79% may be anything from 78.5 up to 79.5.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


def decimals_of(value: Decimal) -> int:
    """How many decimals a figure is stated to, trailing noughts aside: 2.50 has one, 79 has none."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounding_slack(value: Decimal) -> Decimal:
    """How far the true figure may lie from one that was rounded to the decimals it shows: 0.5 for 79."""
    return Decimal("0.5").scaleb(-decimals_of(value))


def implied_range(n: Decimal, percent: Decimal) -> tuple[int, int] | None:
    """The whole bases of which ``n`` is ``percent`` after rounding, lowest and highest; None if there are none.

    316 at 47% implies 666 to 679; 239 at 36% implies 655 to 673. Halves round up, so 47% starts at 46.5 and ends
    before 47.5.
    """
    slack = rounding_slack(percent)
    least, most = max(percent - slack, Decimal(0)), percent + slack
    if n <= 0 or most <= 0:
        return None
    # Halves round up, so a share of exactly ``most`` would be written as the next figure.
    lowest = max(int((n * 100 / most).to_integral_value(ROUND_FLOOR)) + 1, int(n))
    if least == 0:
        return None
    highest = int((n * 100 / least).to_integral_value(ROUND_FLOOR))
    return (lowest, highest) if lowest <= highest else None


def fits(n: Decimal, base: Decimal, percent: Decimal) -> bool:
    """Whether ``n`` of ``base`` is ``percent`` at the precision stated. 15 of 805 is not 2.5%."""
    if base <= 0:
        return False
    exact = n * 100 / base
    return abs(exact - percent) <= rounding_slack(percent)


def implied_n(percent: Decimal, base: Decimal) -> tuple[int, int]:
    """The whole counts that are ``percent`` of ``base`` after rounding, lowest and highest."""
    slack = rounding_slack(percent)
    lowest = (base * (percent - slack) / 100).to_integral_value(ROUND_CEILING)
    highest = (base * (percent + slack) / 100).to_integral_value(ROUND_FLOOR)
    return int(max(lowest, Decimal(0))), int(highest)
