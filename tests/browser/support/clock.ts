// The backend's clock: the one of the service worker, which is the only one that counts (rule L1).
import { expect, type Page } from '@playwright/test';

const DAY = 86_400_000;

/** Lets the embedded backend believe that it is some time after the coming (or last) midnight UTC, in milliseconds. */
export async function backendAtMidnight(page: Page, offset: number): Promise<void> {
  await backendAt(page, (Math.floor(Date.now() / DAY) + 1) * DAY + offset);
}

/** Lets it believe that so many minutes more have passed. */
export async function backendMinutesLater(page: Page, minutes: number): Promise<void> {
  await backendAt(page, Date.now() + minutes * 60_000);
}

async function backendAt(page: Page, instant: number): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  expect(worker, 'the service worker').toBeDefined();
  await worker.evaluate(instant => {
    const begun = performance.now();
    Date.now = () => Math.round(instant + performance.now() - begun);
  }, instant);
}
