import type { Browser, LaunchOptions, Page, PlaywrightWorkerArgs } from '@playwright/test';

/** Media features of CSS, as `page.emulateMedia` takes them. */
export interface Media {
  readonly colorScheme?: 'light' | 'dark';
  readonly contrast?: 'no-preference' | 'more';
  readonly reducedMotion?: 'no-preference' | 'reduce';
}

/** Preferences of Firefox, by name. */
export type Preferences = Readonly<Record<string, string | number | boolean>>;

export async function showsMedia(page: Page, media: Media): Promise<boolean> {
  const queries = [
    ['prefers-color-scheme', media.colorScheme],
    ['prefers-contrast', media.contrast],
    ['prefers-reduced-motion', media.reducedMotion],
  ].flatMap(([feature, value]) => (value === undefined ? [] : [`(${feature}: ${value})`]));
  return page.evaluate((all) => all.every((query) => matchMedia(query).matches), queries);
}

/** WebDriver BiDi has no command for media features; a Firefox that is started with these preferences has them. */
export function mediaPreferences({ colorScheme, contrast, reducedMotion }: Media): Preferences {
  return {
    'layout.css.prefers-color-scheme.content-override': colorScheme === undefined ? 2 : Number(colorScheme === 'light'),
    // The colours of an accessibility theme are black on white, which is more contrast.
    'ui.useAccessibilityTheme': Number(contrast === 'more'),
    'ui.prefersReducedMotion': Number(reducedMotion === 'reduce'),
  };
}

/** Another Firefox beside the one of the test: preferences count from the start only. */
export function startFirefox(
  playwright: PlaywrightWorkerArgs['playwright'],
  launchOptions: LaunchOptions,
  preferences: Preferences,
): Promise<Browser> {
  const firefoxUserPrefs = { ...launchOptions.firefoxUserPrefs, ...preferences };
  return playwright.firefox.launch({ ...launchOptions, firefoxUserPrefs });
}
