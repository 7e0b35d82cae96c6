import type uPlot from 'uplot';

export type UPlotClass = typeof uPlot;

let loading: Promise<UPlotClass> | undefined;

/**
 * Loads uPlot on first use. It formats numbers for `navigator.language` while it is being imported and throws where that is not
 * a language tag, as under `LANG=C`: such a page gets English.
 */
export function loadUPlot(): Promise<UPlotClass> {
  loading ??= importUPlot();
  return loading;
}

async function importUPlot(): Promise<UPlotClass> {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  }
  await import('uplot/dist/uPlot.min.css');
  return (await import('uplot')).default;
}
