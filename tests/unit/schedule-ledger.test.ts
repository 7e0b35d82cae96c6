import { describe, expect, test } from 'vitest';
import { addRange, firstOutside, partBefore } from '../../src/schedule/chunks.ts';
import { createLedger, RETRIES, type Lease, type Ledger } from '../../src/schedule/ledger.ts';

const range = (lease: Lease | null): number[] | null => (lease === null ? null : [lease.from, lease.to]);
const take = (ledger: Ledger, rows = 10): Lease => {
  const lease = ledger.take(rows, 0);
  if (lease === null) throw new Error('nothing to take');
  return lease;
};

describe('the ledger', () => {
  test('hands out ranges in order, only where positions are written', () => {
    const ledger = createLedger();
    expect(ledger.take(10, 0)).toBeNull();
    ledger.allow(25);
    expect(range(ledger.take(10, 0))).toEqual([0, 10]);
    expect(range(ledger.take(10, 1))).toEqual([10, 20]);
    expect([ledger.waiting, ledger.running]).toEqual([5, 20]);
    expect(range(ledger.take(10, 0))).toEqual([20, 25]);
    expect(ledger.take(10, 0)).toBeNull();
    ledger.allow(26);
    expect(range(ledger.take(10, 0))).toEqual([25, 26]);
    expect(ledger.waiting).toBe(0);
  });

  test('knows what is done, merged, and tells each range once', () => {
    const ledger = createLedger();
    ledger.allow(30);
    const [a, b, c] = [take(ledger), take(ledger), take(ledger)];
    ledger.finish(b, 20);
    ledger.finish(a, 10);
    expect(ledger.takeCompleted()).toEqual([{ from: 0, to: 20 }]);
    expect(ledger.takeCompleted()).toEqual([]);
    ledger.finish(c, 30);
    expect(ledger.takeCompleted()).toEqual([{ from: 20, to: 30 }]);
    expect(ledger.finished()).toEqual([{ from: 0, to: 30 }]);
    expect([ledger.doneRows, ledger.running, ledger.waiting]).toEqual([30, 0, 0]);
  });

  test('what a worker left undone is handed out first, in parts where smaller ones are asked', () => {
    const ledger = createLedger();
    ledger.allow(40);
    const first = take(ledger);
    take(ledger);
    ledger.finish(first, 3);
    expect(ledger.waiting).toBe(27);
    expect(range(ledger.take(4, 0))).toEqual([3, 7]);
    expect(range(ledger.take(9, 0))).toEqual([7, 10]);
    expect(range(ledger.take(9, 0))).toEqual([20, 29]);
  });

  test('ranges that an earlier run finished are done, not handed out', () => {
    const ledger = createLedger();
    ledger.restore([
      { from: 0, to: 5 },
      { from: 12, to: 20 },
    ]);
    ledger.allow(15);
    expect([ledger.doneRows, ledger.waiting]).toEqual([8, 7]);
    expect(range(ledger.take(100, 0))).toEqual([5, 12]);
    expect(ledger.take(100, 0)).toBeNull();
    ledger.allow(30);
    expect(range(ledger.take(100, 0))).toEqual([20, 30]);
    expect(ledger.finished()).toEqual([
      { from: 0, to: 5 },
      { from: 12, to: 20 },
    ]);
  });

  test('no range crosses a block', () => {
    const ledger = createLedger(8);
    ledger.allow(20);
    expect(range(ledger.take(5, 0))).toEqual([0, 5]);
    expect(range(ledger.take(5, 0))).toEqual([5, 8]);
    expect(range(ledger.take(50, 0))).toEqual([8, 16]);
  });

  test('a lost range keeps what was finished and is run again', () => {
    const ledger = createLedger();
    ledger.allow(20);
    const lease = take(ledger);
    expect(ledger.lose(lease, 4)).toBeNull();
    expect(ledger.doneRows).toBe(4);
    const again = take(ledger);
    expect(again).toMatchObject({ from: 4, to: 10, losses: 1 });
    ledger.finish(again, 10);
    expect(ledger.running).toBe(0);
  });

  test('progress between two losses starts the count anew', () => {
    const ledger = createLedger();
    ledger.allow(100);
    let lease = take(ledger, 100);
    for (let row = 1; row < 100; row++) {
      expect(ledger.lose(lease, row)).toBeNull();
      lease = take(ledger, 100);
    }
    expect(lease).toMatchObject({ from: 99, to: 100, losses: 1 });
  });

  test('a row that loses every worker is found at once where workers run in order', () => {
    const ledger = createLedger();
    ledger.allow(1000);
    let lease = take(ledger, 1000);
    let losses = 0;
    for (; losses < 100; losses++) {
      const guilty = ledger.lose(lease, Math.max(lease.from, Math.min(lease.to, 700)));
      if (guilty !== null) {
        expect(guilty).toBe(700);
        break;
      }
      lease = take(ledger, 1000);
    }
    expect(losses).toBe(RETRIES + 1);
    expect(ledger.running).toBe(1);
    ledger.settle(700);
    expect(range(ledger.take(1000, 0))).toEqual([701, 1000]);
  });

  test('and by halves where they do not', () => {
    const ledger = createLedger();
    ledger.allow(1024);
    let losses = 0;
    for (let turn = 0; turn < 10_000; turn++) {
      const lease = ledger.take(1024, 0);
      if (lease === null) break;
      const holds = lease.from <= 700 && 700 < lease.to;
      if (!holds) {
        ledger.finish(lease, lease.to);
        continue;
      }
      losses++;
      const guilty = ledger.lose(lease, lease.from);
      if (guilty === null) continue;
      expect(guilty).toBe(700);
      ledger.settle(guilty);
    }
    expect(ledger.finished()).toEqual([{ from: 0, to: 1024 }]);
    expect(losses).toBeLessThan(60);
  });
});

describe('ranges', () => {
  test('merge with their neighbours', () => {
    expect(addRange([{ from: 0, to: 2 }], { from: 2, to: 4 })).toEqual([{ from: 0, to: 4 }]);
    expect(addRange([{ from: 4, to: 5 }], { from: 0, to: 2 })).toEqual([
      { from: 0, to: 2 },
      { from: 4, to: 5 },
    ]);
  });

  test('tell where a row is free', () => {
    const ranges = [
      { from: 2, to: 4 },
      { from: 6, to: 9 },
    ];
    expect([0, 2, 3, 4, 6, 9].map((row) => firstOutside(ranges, row))).toEqual([0, 4, 4, 4, 9, 9]);
    expect(partBefore(ranges, { from: 0, to: 5 })).toEqual({ from: 0, to: 2 });
    expect(partBefore(ranges, { from: 4, to: 5 })).toEqual({ from: 4, to: 5 });
  });
});
