import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';

export interface BrowserProcess {
  readonly type: string; // `browser` or `renderer`, among others
  readonly id: number;
}

/**
 * Processes of this page's browser, by what they are.
 *
 * @param profile its folder, where this test has started more than one browser
 */
export async function processesOf(page: Page, profile = ''): Promise<readonly BrowserProcess[]> {
  const browser = page.context().browser();
  if (browser?.browserType().name() !== 'chromium') return firefoxProcesses(profile);
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = (await devtools.send('SystemInfo.getProcessInfo')) as { processInfo: BrowserProcess[] };
  return processInfo;
}

/** WebDriver BiDi tells no processes: those of a Firefox descend from the one of the test. */
function firefoxProcesses(profile: string): readonly BrowserProcess[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const all = lines.flatMap((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [];
    return command === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
  });
  const browsers = all.filter(
    ({ parent, command }) => parent === process.pid && command.includes('--remote-debugging-port') && command.includes(profile),
  );
  const found = browsers.map(({ id }): BrowserProcess => ({ type: 'browser', id }));
  let parents = browsers.map(({ id }) => id);
  while (parents.length > 0) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children.map(({ id, command }) => ({ type: / tab$/.test(command) ? 'renderer' : 'other', id })));
    parents = children.map(({ id }) => id);
  }
  return found;
}
