import { expect, type Page } from '@playwright/test';
import { csvBars, openPage, run, test, typeOver } from './support/page.ts';

const report = (page: Page) => page.getByRole('dialog');
const linkText = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash));

async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Price file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
}

async function openReport(page: Page): Promise<void> {
  await page.locator('button.chip').last().click();
  await expect(report(page)).toBeVisible();
}

/** Half-hours from 09:30 to 16:00 on weekdays, prices with three decimals. */
function sessionBars(): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let day = 0; day < 40; day++) {
    const date = new Date(Date.UTC(2024, 0, 1 + day));
    if (date.getUTCDay() % 6 === 0) continue;
    for (let slot = 0; slot < 13; slot++) {
      const minute = 570 + slot * 30;
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const price = 100 + ((day * 13 + slot) % 17) / 8;
      const row = [price, price + 0.25, price - 0.25, price + 0.125].map((value) => value.toFixed(3));
      lines.push([`${date.toISOString().slice(0, 10)} ${clock}`, ...row, 100 + slot].join(','));
    }
  }
  return lines.join('\n');
}

test('symbol, bar size, zone, session and decimals are found, changed by one press, undone, and stand in the link', async ({
  page,
}) => {
  await openPage(page);
  await pick(page, 'session.csv', sessionBars());
  await openReport(page);
  const panel = report(page);
  await expect(panel).toContainText('bars of 30 minutes');
  await expect(panel.getByLabel('Session 09:30 to 16:00, larger bars from')).toHaveValue('09:30');
  await expect(panel.getByLabel('Decimals of prices')).toHaveValue('file');
  await expect(panel).toContainText('prices with 3 decimals');

  await panel.getByLabel('Bars of').selectOption('1h');
  await expect(panel).toContainText('bars of 1 hour');
  await expect(panel).toContainText('2024-01-01 09:30 to');
  await typeOver(panel.getByLabel(/^Session/), '10:00');
  await panel.getByLabel(/^Session/).press('Enter');
  await expect(panel).toContainText('2024-01-01 09:00 to'); // what comes before the session is counted back from it
  await panel.getByLabel('Times are in the zone').selectOption('America/New_York');
  await panel.getByLabel('Decimals of prices').selectOption('1');
  await expect(panel).toContainText('prices with 1 decimals');
  await expect(panel).toContainText(/prices were rounded to 1 decimals/);
  await typeOver(panel.getByLabel('Symbol'), 'MINE');
  await panel.getByLabel('Symbol').press('Enter');
  await expect.poll(() => linkText(page)).toMatch(/resample=1h.*session=10:00.*time_zone=America\/New_York.*decimals=1/);
  await expect.poll(() => linkText(page)).toContain('MINE');

  await panel.getByRole('button', { name: 'Undo' }).last().click(); // of the rounding, beside its report
  await expect(panel).toContainText('prices with 3 decimals');
  await expect.poll(() => linkText(page)).not.toContain('decimals=');
});

test('the adjusted close scales the whole bar, by choice alone', async ({ page }) => {
  const lines = csvBars(300).trimEnd().split('\n');
  const adjusted = lines.map((line, i) => {
    const cells = line.split(',');
    return i === 0 ? `${line},Adj Close` : `${line},${(Number(cells[4]) * (0.5 + i / 1000)).toFixed(4)}`;
  });
  await openPage(page);
  await pick(page, 'adjusted.csv', adjusted.join('\n'));
  const chip = page.getByTitle(/^Content hash of the bars/);
  const raw = await chip.textContent();
  const plain = await run(page);
  await openReport(page);
  await report(page).getByLabel('Prices are').selectOption('adjusted');
  await expect(chip).not.toHaveText(raw ?? '');
  await expect.poll(() => linkText(page)).toContain('adjusted=adjusted');
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await run(page)).not.toBe(plain);
  await openReport(page);
  await report(page).getByRole('button', { name: 'Undo' }).click();
  await expect(chip).toHaveText(raw ?? '');
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await run(page)).toBe(plain);
});

test('a repair is undone by one press, and allowed again by the next', async ({ page }) => {
  const [header = '', ...body] = csvBars(300).trimEnd().split('\n');
  await openPage(page);
  await pick(page, 'reversed.csv', [header, ...body.toReversed()].join('\n'));
  await openReport(page);
  const panel = report(page);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(panel).toContainText('This repair was undone.');
  await expect(panel).toContainText('It cannot be read so, and stays as it was.');
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await expect(panel).not.toContainText('This repair was undone.');
  await expect(panel).toContainText('300');
});

test('a refused file shows its lines and the place of the fault; what was loaded stays', async ({ page }) => {
  const rows = csvBars(60).trimEnd().split('\n');
  await openPage(page);
  await pick(page, 'good.csv', csvBars(300));
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Price file').setInputFiles({
    name: 'spoilt.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((row, i) => (i === 0 ? row : `${row.slice(0, 10)},what,is,this,now,?`)).join('\n')),
  });
  const notice = page.locator('[data-notice="data"]');
  await expect(notice).toContainText('good.csv stays loaded.');
  const lines = notice.getByRole('list', { name: 'First lines of the file' });
  await expect(lines.getByRole('listitem').first()).toContainText('Date,Open,High,Low,Close,Volume');
  await expect(lines.getByRole('listitem').nth(1)).toContainText('what,is,this,now');
  await expect(lines.locator('[aria-current="true"]')).toHaveCount(1);
  // Decisions are about the file that is loaded, not about the one that was refused.
  await openReport(page);
  await report(page).getByLabel('Bars of').selectOption('1w');
  await expect(report(page)).toContainText('bars of 1 week');
  await expect(notice).toHaveCount(0);
});

test('a long file shows bytes and rows while it is read, and can be cancelled', async ({ page }) => {
  await openPage(page);
  await page.evaluate(() => {
    const lines = ['time,open,high,low,close,volume'];
    for (let i = 0; i < 1_500_000; i++)
      lines.push(`${1_500_000_000_000 + i * 60_000},100.25,101.5,99.75,100.5,${1000 + (i % 997)}`);
    const transfer = new DataTransfer();
    transfer.items.add(new File([lines.join('\n')], 'long.csv'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
  });
  const reading = page.getByRole('main').locator('.reading');
  await expect(reading).toContainText(/Reading long\.csv[\s\S]*\d\sMB of \d+\sMB[\s\S]*rows/);
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading).toHaveCount(0);
  await expect(page.locator('[data-phase="empty"]')).toBeVisible();
  await pick(page, 'short.csv', csvBars(300));
  await expect(page.getByText('300 bars')).toBeVisible();
});
