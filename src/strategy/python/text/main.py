def compared(rows):
    print(f'{"":16}' + ''.join(f'{name:>20}' for name in rows))
    for name in EXPECTED:
        print(f'{name:16}' + ''.join(f'{row.get(name, np.nan):20.6f}' for row in rows.values()))


def summary(equity, trades):
    peak = np.maximum.accumulate(np.r_[CASH, equity])[1:]
    return {
        'Final equity': equity[-1],
        'Total return': equity[-1] / CASH - 1,
        'Max drawdown': (equity / peak - 1).min(),
        'Trades': trades,
    }


def by_the_library():
    """The library's run as (equity at the scored closes, its closed trades as (side, entry bar, exit bar))."""
    ASIDE.update(limit=None, owed=0.0)
    columns = dict(zip(NAMES, (open * PART, high * PART, low * PART, close * PART, volume)))
    frame = pd.DataFrame(columns, index=pd.to_datetime(time, unit='ms'))
    margin = 1 / (2 * LEVERAGE)  # sizes are cut above: the library counts costs otherwise and must not refuse them
    test = Backtest(frame, Exported, cash=CASH, commission=cost, margin=margin, trade_on_close=AT_CLOSE, finalize_trades=False)
    stats = test.run()
    trades = stats['_trades']
    sides = [1 if size > 0 else -1 for size in trades['Size']]
    found = list(zip(sides, [int(bar) for bar in trades['EntryBar']], [int(bar) for bar in trades['ExitBar']]))
    return np.asarray(stats['_equity_curve']['Equity'], float)[SCORED:], found


if __name__ == '__main__':
    account = Account().run()
    rows = {'this script': summary(account.equity, len(account.trades))}
    shared = None
    if Backtest is None:
        print('Without backtesting.py: pip install backtesting')
    elif min(LOW) <= 0:
        print('backtesting.py takes no prices at or below 0.')
    else:
        equity, trades = by_the_library()
        rows['backtesting.py'] = summary(equity, len(trades))
        own = {trade[:3] for trade in account.trades if trade[7] != 'end'}
        shared = f'Trades with the same side, entry and exit: {len(own & set(trades))} of {len(own)}.'
    rows['the page'] = EXPECTED
    compared(rows)
    if shared is not None:
        print(shared)
    if len(sys.argv) > 1 and sys.argv[-1] == '--trades':
        for trade in account.trades:
            print(','.join(str(part) for part in trade))
