import path from 'node:path';
import { build } from 'vite';
import { ROOT } from './bundle.js';
import { createStaticServer, listen } from './serve.js';

// `npm run bench:browser -- surfaces`: the built page with a finished study of 2^20 trials over four axes with twelve metrics. What
// is timed is what a person does: views switched, an axis moved, the table scrolled and sorted, an axis brushed.

const MILLION =
  '#s=rsi-reversion&g=equity.5.320&p.n=2..33+by+1&p.low_level=10..41+by+1&p.high_level=42..73+by+1&fee=0..0.0031+by+0.0001';
// 1000 × 1000 cells, two of them behind each other.
const WIDE =
  '#s=rsi-reversion&g=equity.5.120&p.n=14&p.low_level=10..39.97+by+0.03&p.high_level=40..69.97+by+0.03&fee=0,0.001&x=high_level&y=low_level&at.commission=0';
const FRAME_MS = 1000 / 60;

/** What stands when a view has been painted, as an expression of the page. @type {Readonly<Record<string, string>>} */
const VIEWS = {
  Table: `panel.querySelectorAll('tbody tr').length > 4`,
  Slices: `panel.querySelectorAll('.plot .own').length > 3`,
  Parallel: `inked(panel.querySelector('canvas'))`,
  Importance: `panel.querySelectorAll('tbody tr').length > 3`,
  Scatter: `inked(panel.querySelector('canvas')) && panel.querySelectorAll('.front-dot').length > 0`,
  Distribution: `panel.querySelector('path.all') !== null`,
  Pairs: `panel.querySelectorAll('canvas').length === 6 && inked(panel.querySelectorAll('canvas')[5])`,
};
/** @type {Readonly<Record<string, string>>} */
const FORMS = {
  'Relief in three dimensions': `picture.querySelector('.relief svg text') !== null`,
  'Small maps over the other axes': `picture.querySelectorAll('.maps canvas').length === 32 && inked(picture.querySelectorAll('.maps canvas')[31])`,
  'Show the numbers of this picture': `picture.querySelectorAll('td').length > 100`,
  Map: `inked(picture.querySelector('canvas'))`,
};

/**
 * @param {import('playwright').Browser} browser
 * @param {(line: string) => void} print
 */
export async function benchSurfaces(browser, print) {
  const outDir = path.join(ROOT, '.cache/bench-page');
  await build({ logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const server = createStaticServer(outDir);
  const address = `http://localhost:${await listen(server, 0, false)}/`;
  try {
    const page = await opened(browser, address + MILLION, print);
    print('\n| first paint after a switch | first, ms | again, ms | limit |\n| --- | ---: | ---: | ---: |');
    for (const [role, places] of /** @type {const} */ ([
      ['tab', VIEWS],
      ['button', FORMS],
    ])) {
      const times = new Map(Object.keys(places).map((name) => [name, /** @type {number[]} */ ([])]));
      for (let round = 0; round < 4; round++)
        for (const [name, stands] of Object.entries(places)) times.get(name)?.push(await switched(page, role, name, stands));
      for (const [name, [first = NaN, ...again]] of times)
        print(`| ${name} | ${first.toFixed(0)} | ${median(again).toFixed(0)} | 300 |`);
    }
    print('\n| sorted by | ms | limit |\n| --- | ---: | ---: |');
    await page.getByRole('tab', { name: 'Table', exact: true }).click();
    for (const name of ['Sharpe', 'Trades', 'n', 'Around it'])
      print(`| ${name} | ${(await sorted(page, name)).toFixed(0)} | 500 |`);
    print('\n| frames | count | scripting 95th, ms | scripting most | main thread 95th | limit |');
    print('| --- | ---: | ---: | ---: | ---: | ---: |');
    print(line('the table scrolls', await framesOf(browser, page, () => scroll(page)), 8));
    for (const view of ['Parallel', 'Distribution', 'Scatter', 'Table'])
      print(line(`an axis is brushed, ${view} shown`, await framesOf(browser, page, () => brush(page, view)), 8));
    print(line('an axis moves, 32 × 32 of 2^20', await framesOf(browser, page, () => slide(page)), FRAME_MS));
    await page.close();
    const wide = await opened(browser, address + WIDE, print);
    print(line('an axis moves, 1000 × 1000', await framesOf(browser, wide, () => flip(wide)), FRAME_MS));
    await wide.close();
  } finally {
    server.close();
  }
}

/**
 * A page whose study has run and of which all is known that is worked out beside it.
 *
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {(line: string) => void} print
 */
async function opened(browser, address, print) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  page.on('pageerror', (error) => print(error.stack ?? error.message));
  await page.addInitScript("localStorage.setItem('barsweep.tour', 'done')");
  await page.goto(address);
  await page
    .locator('button:enabled', { hasText: /^\s*Run / })
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 });
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-run="done"]').waitFor({ timeout: 600_000 });
  await page.getByRole('region', { name: 'Leaders' }).waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Importance', exact: true }).click();
  await page.locator('.importance tbody tr').first().waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Table', exact: true }).click();
  await page.waitForTimeout(2000);
  return page;
}

/**
 * Milliseconds from a press to the frame after the one in which the view stands.
 *
 * @param {import('playwright').Page} page
 * @param {'tab' | 'button'} role
 * @param {string} name
 * @param {string} stands
 */
async function switched(page, role, name, stands) {
  const took = Number(await page.evaluate(switching(role, name, stands)));
  await page.waitForTimeout(400);
  return took;
}

/**
 * The text of what the page does, because its policy allows no function made of a text there.
 *
 * @param {'tab' | 'button'} role
 * @param {string} name
 * @param {string} stands
 */
function switching(role, name, stands) {
  return `new Promise((resolve) => {
    const inked = (canvas) => {
      if (canvas === null || canvas.width < 2) return false;
      const data = canvas.getContext('2d').getImageData(0, canvas.height >> 1, canvas.width, 1).data;
      return data.some((value) => value > 0);
    };
    const buttons = [...document.querySelectorAll('${role === 'tab' ? '[role="tab"]' : '#surface .forms button'}')];
    const button = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === ${JSON.stringify(name)});
    const from = performance.now();
    button.click();
    const wait = () => {
      const panel = document.querySelector('[role="tabpanel"]');
      const picture = document.querySelector('[data-picture]');
      if (${stands}) requestAnimationFrame(() => resolve(performance.now() - from));
      else requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  })`;
}

/**
 * Milliseconds from a press on a column's head to the frame after the one in which the rows stand in the new order.
 *
 * @param {import('playwright').Page} page
 * @param {string} column
 */
async function sorted(page, column) {
  const took = Number(
    await page.evaluate(`new Promise((resolve) => {
      const heads = [...document.querySelectorAll('[role="tabpanel"] thead button')];
      const head = heads.find((one) => one.textContent.trim().startsWith(${JSON.stringify(column)}));
      const rows = () => [...document.querySelectorAll('[role="tabpanel"] tbody tr')].map((row) => row.textContent).join();
      const before = rows();
      const from = performance.now();
      head.click();
      const wait = () => {
        if (rows() !== before) requestAnimationFrame(() => resolve(performance.now() - from));
        else requestAnimationFrame(wait);
      };
      requestAnimationFrame(wait);
    })`),
  );
  await page.waitForTimeout(300);
  return took;
}

const FRAMES = 150;

/** The wheel turns over the table, faster than a person reads. @param {import('playwright').Page} page */
async function scroll(page) {
  await page.getByRole('tab', { name: 'Table', exact: true }).click();
  const box = await page.locator('[role="tabpanel"] .scroller').boundingBox();
  if (box === null) throw new Error('no table to scroll');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForTimeout(300);
  await inFrames(page, '');
  for (let i = 0; i < FRAMES; i++) await page.mouse.wheel(0, 400);
}

/**
 * An interval of the first axis is drawn, longer from frame to frame, while a view is shown.
 *
 * @param {import('playwright').Page} page
 * @param {string} view
 */
async function brush(page, view) {
  const from = view === 'Table' ? 'Parallel' : view;
  await page.getByRole('tab', { name: from, exact: true }).click();
  const place = page.locator(view === 'Scatter' ? '[role="tabpanel"] .hand' : '[role="tabpanel"] .strip').first();
  const box = await place.boundingBox();
  if (box === null) throw new Error(`nothing to brush in ${view}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const far =
    view === 'Parallel' || view === 'Table' ? [0, -box.height / 2] : [box.width / 2, view === 'Scatter' ? -box.height / 2 : 0];
  await page.waitForTimeout(500);
  await inFrames(page, '');
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= FRAMES; i++) {
    const share = 0.1 + 0.85 * Math.abs(Math.sin(i / 20));
    await page.mouse.move(x + share * (far[0] ?? 0), y + share * (far[1] ?? 0));
  }
  await page.mouse.up();
  const clear = page.getByRole('button', { name: 'Clear brush' }).first();
  if (await clear.isVisible()) await clear.click();
}

/** A slider of another axis moves by one in every frame. @param {import('playwright').Page} page */
async function slide(page) {
  await inFrames(
    page,
    `const slider = document.querySelector('#surface .controls input[type="range"]');
     slider.value = String((Number(slider.value) + 1) % (Number(slider.max) + 1));
     slider.dispatchEvent(new Event('input', { bubbles: true }))`,
  );
}

/** The two maps that lie behind each other, in turns. @param {import('playwright').Page} page */
async function flip(page) {
  await inFrames(
    page,
    `const buttons = [...document.querySelectorAll('#surface .controls [aria-label="commission"] button')].slice(0, 2);
     buttons.find((button) => button.getAttribute('aria-pressed') === 'false').click()`,
  );
}

/**
 * Does something once per frame, with a mark at the start of each.
 *
 * @param {import('playwright').Page} page
 * @param {string} act
 */
async function inFrames(page, act) {
  const running = page.evaluate(`new Promise((resolve) => {
    let left = ${FRAMES};
    const frame = () => {
      performance.mark('bench frame');
      if (left-- <= 0) return resolve();
      ${act === '' ? '' : `{ ${act}; }`}
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
  if (act !== '') await running;
}

const SCRIPTING =
  /^(EvaluateScript|FunctionCall|EventDispatch|FireAnimationFrame|TimerFire|RunMicrotasks|HandlePostMessage|FireIdleCallback|MajorGC|MinorGC|V8\.GC.*)$/;

/**
 * What the main thread did between two marks, in ms per frame.
 *
 * @param {import('playwright').Browser} browser
 * @param {import('playwright').Page} page
 * @param {() => Promise<void>} act
 */
async function framesOf(browser, page, act) {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing', 'toplevel'] });
  await act();
  await page.waitForTimeout(100);
  /** @type {{ traceEvents: { name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number }[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const marks = traceEvents.filter(({ name }) => name === 'bench frame').sort((a, b) => a.ts - b.ts);
  const first = marks[0];
  if (first === undefined) throw new Error('no frame was traced');
  const own = traceEvents.filter((event) => event.pid === first.pid && event.tid === first.tid && event.ph === 'X');
  const scripting = spans(own.filter(({ name }) => SCRIPTING.test(name)));
  const busy = spans(own.filter(({ name }) => /^(RunTask|ThreadControllerImpl::RunTask)$/.test(name)));
  /** @type {{ scripting: number, busy: number }[]} */
  const frames = [];
  for (let i = 0; i + 1 < marks.length; i++) {
    const [from, to] = [marks[i]?.ts ?? 0, marks[i + 1]?.ts ?? 0];
    frames.push({ scripting: within(scripting, from, to), busy: within(busy, from, to) });
  }
  return frames;
}

/**
 * The outermost of these events, with the time that the thread itself had: what other programs took meanwhile does not count.
 *
 * @param {{ ts: number, dur?: number, tdur?: number }[]} events
 */
function spans(events) {
  /** @type {{ from: number, to: number, cpu: number }[]} */
  const found = [];
  for (const { ts, dur = 0, tdur = dur } of [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (ts >= (found.at(-1)?.to ?? 0)) found.push({ from: ts, to: ts + dur, cpu: tdur });
  }
  return found;
}

/**
 * @param {{ from: number, to: number, cpu: number }[]} intervals in µs
 * @param {number} from
 * @param {number} to
 */
function within(intervals, from, to) {
  let sum = 0;
  for (const one of intervals) {
    const shared = Math.max(0, Math.min(one.to, to) - Math.max(one.from, from));
    if (shared > 0) sum += one.cpu * (shared / (one.to - one.from));
  }
  return sum / 1000;
}

/** @param {number[]} values */
const median = (values) => quantile(values, 0.5);

/**
 * @param {number[]} values
 * @param {number} share
 */
function quantile(values, share) {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? NaN;
}

/**
 * @param {string} name
 * @param {{ scripting: number, busy: number }[]} frames
 * @param {number} limit
 */
function line(name, frames, limit) {
  const scripting = frames.map((frame) => frame.scripting);
  const busy = frames.map((frame) => frame.busy);
  const figures = [quantile(scripting, 0.95), Math.max(...scripting), quantile(busy, 0.95), limit].map((ms) => ms.toFixed(1));
  return `| ${name} | ${frames.length} | ${figures.join(' | ')} |`;
}
