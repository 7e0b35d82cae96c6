const SCRIPT = './isolate.js';
const TRIED = 'barsweep isolation tried';
const WAIT_MS = 4000;

/**
 * On a host without headers, lets a service worker of our own add them: one reload, and the page is isolated. Where that does not
 * help (no service workers, inside another page) the page runs with copies.
 *
 * @returns whether the page is about to be loaded again
 */
export async function isolatePage(): Promise<boolean> {
  if (globalThis.crossOriginIsolated || !('serviceWorker' in navigator) || !window.isSecureContext) return false;
  if (sessionStorage.getItem(TRIED) !== null) return false;
  try {
    const registration = await navigator.serviceWorker.register(SCRIPT);
    await Promise.race([activated(registration), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
    if (registration.active === null) return false;
    sessionStorage.setItem(TRIED, '1');
  } catch {
    return false;
  }
  location.reload();
  return true;
}

function activated(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve) => {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (worker === null || worker.state === 'activated') return resolve();
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
    });
  });
}
