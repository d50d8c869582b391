import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';

const ANNA = 'Anna de Vries';

test('the frame is painted before any of the console has arrived [G1]', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>(resolve => { release = resolve; });
  await page.route('**/*.wasm', async route => { await held; await route.continue(); });
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.locator('.top-bar')).toContainText('Proef');
  await expect(page.getByRole('button')).toHaveCount(0);
  release();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

for (const [locale, title, again] of [
  ['en-GB', 'This takes longer than it should', 'Load again'],
  ['nl-NL', 'Dit duurt langer dan zou moeten', 'Opnieuw laden'],
]) {
  test.describe(locale, () => {
    test.use({ locale });

    test(`a console that has not arrived after 10 seconds says so, and takes its place when it comes, ${locale} [G1, W1]`, async ({ page }) => {
      let release = () => {};
      const held = new Promise<void>(resolve => { release = resolve; });
      await page.route('**/proef-*.wasm', async route => { await held; await route.continue(); });
      await page.clock.install();
      const asked = page.waitForRequest('**/proef-*.js');
      await page.goto('/', { waitUntil: 'domcontentloaded' });
      await asked;
      // The worker's start has the same ten seconds: it is over before they pass on this clock.
      await page.evaluate(() => (window as unknown as { backend: Promise<void> }).backend);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(0);
      await page.clock.fastForward(10_000);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.getByRole('button', { name: again })).toBeVisible();
      await axe(page, 'slow');
      await page.clock.resume();
      release();
      await expect(page.getByRole('heading', { level: 1, name: /^(Sign in|Aanmelden)$/ })).toBeVisible();
      await expect(page.getByRole('heading', { level: 1, name: title })).toHaveCount(0);
    });
  });
}

test('the chosen language holds on every page, after a reload and in another tab [W1]', async ({ page, context }) => {
  await signIn(page, ANNA);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('button', { name: 'Nederlands' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Klanten' })).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(page.getByRole('button', { name: 'Proefperiode starten' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Klanten' })).toBeVisible();
  const other = await context.newPage();
  await other.goto('/nowhere');
  await expect(other.getByRole('heading', { level: 1, name: 'Pagina niet gevonden' })).toBeVisible();
  await other.getByRole('button', { name: 'Taal' }).click();
  await other.getByRole('button', { name: 'English' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test.describe('in a Dutch browser', () => {
  test.use({ locale: 'nl-BE' });

  test('the browser’s language is the first guess [W1]', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Aanmelden' })).toBeVisible();
  });
});

test('the chosen theme is kept and is there at the first paint [G4]', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, ANNA);
  const paper = () => page.evaluate(() => getComputedStyle(document.querySelector('.top-bar')!).backgroundColor);
  const light = await paper();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await paper()).not.toBe(light);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('.top-bar')).toBeVisible();
  expect(await paper()).not.toBe(light);
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('button', { name: 'As the device' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  expect(await paper()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(paper).not.toBe(light);
});

test('the frame names the organisation, the person with their role, and how many customers there are [P2]', async ({ page }) => {
  await signIn(page, ANNA);
  await expect(page.locator('.top-bar')).toContainText('Noordzee Telecom');
  const rail = page.getByRole('navigation', { name: 'Main' });
  await expect(rail.getByRole('link', { name: /^Customers \d+$/ })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Anna de Vries, Sales full administrator' }).click();
  await expect(page.getByText('Signed in as')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Signed in as')).toBeHidden();
});

/** Whether one of the bars that stay lies over what has the focus, by where its middle and its ends are (WCAG 2.2, 2.4.11). */
const covered = (page: Page) => page.evaluate(() => {
  const focused = document.activeElement!;
  if (focused === document.body || focused.closest('.top-bar, .rail, .skip-link')) return null;
  const { left, width, top, bottom } = focused.getBoundingClientRect();
  const bar = (y: number) => document.elementFromPoint(left + Math.min(width / 2, 20), y)?.closest('.top-bar, .rail');
  return [top + 1, (top + bottom) / 2, bottom - 1].some(y => bar(y)) ? focused.outerHTML.slice(0, 120) : null;
});

test('no bar covers what takes the focus: with Tab and Shift+Tab on a phone, and by a problem that is named [G4, N7]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.setViewportSize({ width: 390, height: 600 });
  await page.goto('/start-trial');
  await expect(page.getByRole('textbox', { name: 'Company name' })).toBeVisible();
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let at = 0; at < 25; at += 1) {
      await page.keyboard.press(key);
      expect(await covered(page), `${key} ${at}`).toBeNull();
    }
  }
  await page.setViewportSize({ width: 1440, height: 420 });
  const first = page.getByRole('textbox', { name: 'Company name' });
  // It lies in the window, and under the bar.
  await first.evaluate(field => window.scrollBy(0, field.getBoundingClientRect().top - 4));
  await page.getByRole('button', { name: 'Next', exact: true }).evaluate(button => (button as HTMLElement).click());
  await expect(first).toBeFocused();
  expect(await covered(page)).toBeNull();
});

test('on a narrow screen the bar shows the place where one is, also when it scrolls [G4]', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'Sanne Visser');
  await page.goto('/activity');
  const bar = page.getByRole('navigation', { name: 'Main' });
  await expect(bar.getByRole('link', { name: 'Activity' })).toBeInViewport({ ratio: 1 });
  await bar.getByRole('link', { name: 'Subscriptions' }).click();
  await expect(bar.getByRole('link', { name: 'Subscriptions' })).toHaveAttribute('aria-current', 'page');
  await expect(bar.getByRole('link', { name: 'Subscriptions' })).toBeInViewport({ ratio: 1 });
});

test('the first stop of the keyboard leads past the frame to the page [G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await expect(page).toHaveURL(/\/customers$/);
});

test('an address without a page says so to whoever is not signed in as well, and leads to the sign-in page [G1]', async ({ page }) => {
  await page.goto('/hub/nowhere');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  await axe(page, 'not found, not signed in');
  await page.getByRole('link', { name: 'Go to the start' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('an address without a page says so and leads back [G1]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.goto('/nowhere/at/all');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  await expect(page).toHaveTitle('Page not found · Proef');
  await page.getByRole('link', { name: 'Go to the start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test('Reset demonstration data asks first and makes the data anew [G6]', async ({ page }) => {
  await signIn(page, ANNA);
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.count();
  // A draft stands for everything that was made since.
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1', 'if-none-match': '*' };
    await fetch('/api/v1/drafts/reset-me', { method: 'PUT', headers, body: JSON.stringify({ 'company-name': 'Reset me' }) });
  });
  const drafts = () => page.evaluate(async () => (await (await fetch('/api/v1/drafts')).json()).drafts.length);
  expect(await drafts()).toBe(1);

  const ask = async () => {
    await page.getByRole('button', { name: /^Demonstration/ }).click();
    await page.getByRole('button', { name: 'Reset demonstration data' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Reset demonstration data?' });
  await ask();
  await dialog.getByRole('button', { name: 'Never mind' }).click();
  await expect(dialog).toBeHidden();
  expect(await drafts()).toBe(1);

  await ask();
  await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('The demonstration data is as new.')).toBeVisible();
  if (page.url().includes('/sign-in')) await page.getByRole('button', { name: /^Anna de Vries/ }).click();
  await expect(rows).toHaveCount(before);
  expect(await drafts()).toBe(0);
});

test('a newer version that took over is offered, not forced [G6]', { tag: '@embedded' }, async ({ page }) => {
  await signIn(page, ANNA);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.dispatchEvent(new Event('controllerchange')));
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('a');
  await expect(page).toHaveURL(/q=a$/);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('a');
});

test('without service workers the page says so plainly and what to do [G1]', { tag: '@embedded' }, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
  });
  await page.goto('/customers');
  await expect(page.getByRole('heading', { level: 1, name: 'Proef cannot start here' })).toBeVisible();
  await expect(page.getByText('http://localhost', { exact: false })).toBeVisible();
  await axe(page, 'no backend');
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('button', { name: 'Nederlands' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Proef kan hier niet starten' })).toBeVisible();
});

test('a browser that refuses the backend can be asked again [G1]', { tag: '@embedded' }, async ({ page }) => {
  await page.addInitScript(() => {
    const real = ServiceWorkerContainer.prototype.register;
    let refused = false;
    ServiceWorkerContainer.prototype.register = function (...args) {
      if (refused) return real.apply(this, args);
      refused = true;
      return Promise.reject(new TypeError('refused for this test'));
    };
  });
  await page.goto('/customers');
  await expect(page.getByRole('heading', { level: 1, name: 'Proef cannot start here' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`menus, the question before a reset and the page that is not there have no accessibility violations, ${language}, ${theme} [G4, W1]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await signIn(page, ANNA);
      await page.goto('/nowhere');
      await axe(page, 'not found');
      const buttons = page.locator('.top-bar-end .menu-button');
      for (let place = 0; place < (await buttons.count()); place += 1) {
        await buttons.nth(place).click();
        await axe(page, `menu ${place}`);
        await page.keyboard.press('Escape');
      }
      await buttons.first().click();
      await page.locator('.menu:popover-open .menu-item').last().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe(page, 'question before a reset');
    });
  }
}
