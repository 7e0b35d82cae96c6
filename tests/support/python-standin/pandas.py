"""A stand-in: exported scripts hand a table of columns to backtesting.py and ask nothing else of pandas."""


def DataFrame(columns, index):
    return columns


def to_datetime(dates, unit):
    return dates
