import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe has against the page, or against parts of it, each with the place where it was seen.
 *
 * The page has no frames, so axe runs inside it and names the violations alone: bringing home what passed, through a second page,
 * took more than half of the time.
 */
export async function violationsOf(page: Page, where: string, parts: readonly string[] = []): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  const all = new AxeBuilder(isThere ? { page, axeSource: 'void 0' } : { page });
  const builder = parts.reduce((axe, part) => axe.include(part), all);
  const run = builder
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS)
    .setLegacyMode();
  const { violations } = await run.analyze();
  return violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
