// What `npm run screenshot -- review` takes pictures of: every view, empty, ready, running and done.

/** @typedef {{ name: string, link: string, until: string }} Picture a name, the link that shows it, and when it stands */

export const THEMES = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'contrast', colorScheme: 'light', contrast: 'more' },
];

export const SIZES = [
  { name: 'wide', width: 1440, height: 900, phone: false },
  { name: 'narrow', width: 1024, height: 768, phone: false },
  { name: 'phone', width: 390, height: 844, phone: true },
];

const STUDY = '#s=ma-cross&d=daily';
const LONG = '#s=rsi-reversion&d=hourly'; // runs for longer than its picture takes
const TABS = ['table', 'slices', 'parallel', 'importance', 'scatter', 'distribution', 'pairs'];

/** @returns {Picture} */
const done = (/** @type {string} */ name, /** @type {string} */ link) => ({ name, link, until: '[data-run="done"]' });

/** @type {readonly Picture[]} */
export const PICTURES = [
  { name: 'empty', link: '', until: '[data-phase="empty"]' },
  { name: 'ready', link: STUDY, until: '[data-phase="ready"]' },
  ...TABS.map((tab) => ({ name: `running-${tab}`, link: `${LONG}&vt=${tab}`, until: '[data-run="running"]' })),
  ...['map', 'relief', 'multiples', 'numbers'].map((form) => done(`form-${form}`, `${STUDY}&vp=${form}`)),
  ...['neighbourhood', 'roughness', 'profitable'].map((kind) => done(`measure-${kind}`, `${STUDY}&vn=${kind}+1`)),
  done('folded', `${STUDY}&at.kind=&fold=median`),
  done('four-axes', '#s=rsi-reversion&d=daily&fee=0,0.001,0.002'),
  done('line', `${STUDY}&p.slow=100&p.kind=sma,`),
  done('view-search', `${STUDY}&vt=search&m=tpe&n=400&seed=1`),
  ...TABS.map((tab) => done(`view-${tab}`, `${STUDY}&vt=${tab}`)),
  ...TABS.map((tab) => done(`brushed-${tab}`, `${STUDY}&vt=${tab}&brush.sharpe=0.3..0.8&pin=B4000,C9000`)),
  { name: 'trial', link: STUDY, until: '[data-run="done"]' },
];
