import { expect, it } from 'vitest';
import type { Trade } from '../../src/metrics/report.ts';
import { tradeCsvLines } from '../../src/results/trades-csv.ts';

const trade: Trade = {
  side: 'short',
  entryBar: 3,
  exitBar: 9,
  entryTime: Date.UTC(2024, 0, 31, 9, 30),
  exitTime: Date.UTC(2024, 1, 1),
  entryPrice: 0.1 + 0.2,
  exitPrice: 12,
  quantity: 1e21,
  pnl: -0.5,
  returnFraction: -1e-7,
  costs: 0.25,
  mae: -0.1,
  mfe: 0.2,
  reason: 'signal',
  open: false,
  flagged: false,
  ambiguous: false,
};

it('writes the header and one line per trade, numbers in shortest round-trip form', () => {
  expect([...tradeCsvLines([trade])]).toEqual([
    'side,entryBar,exitBar,entryTime,exitTime,entryPrice,exitPrice,quantity,pnl,returnFraction,reason,open,costs',
    'short,3,9,2024-01-31T09:30:00.000Z,2024-02-01T00:00:00.000Z,0.30000000000000004,12,1e+21,-0.5,-1e-7,signal,false,0.25',
  ]);
});
