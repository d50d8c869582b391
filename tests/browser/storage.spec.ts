// A browser that keeps nothing: IndexedDB refused, or all data of sites blocked (G1, G3).
import { mkdir, writeFile } from 'node:fs/promises';
import { axe, expect, signIn, test } from './support';
import { box, button, fillCustomer, kept, next, row, save, shortestToReview, startTrial, text } from './support/wizard';
import type { BrowserContext, Page } from '@playwright/test';

const REFUSED = 'This browser refuses to keep data for this page';

/**
 * Lets the worker's IndexedDB be refused or work again, as when a reader blocks and allows the
 * site's data: open connections are of no use, and no other is given.
 */
async function refuseStorage(context: BrowserContext, refused: boolean): Promise<void> {
  const [worker] = context.serviceWorkers();
  await worker.evaluate(refused => {
    const scope = self as unknown as { storageRefused?: boolean };
    const known = 'storageRefused' in scope;
    scope.storageRefused = refused;
    if (known) return;
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      if (scope.storageRefused) throw new DOMException('refused for this test', 'SecurityError');
      return open.apply(this, args);
    };
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (scope.storageRefused) throw new DOMException('closed for this test', 'InvalidStateError');
      return transaction.apply(this, args);
    };
  }, refused);
}

const companies = (page: Page) => page.evaluate(async () => {
  const { found } = await (await fetch('/api/v1/customers')).json();
  return found as number;
});

test.describe('IndexedDB is refused', { tag: '@embedded' }, () => {
  test.use({ expectedErrors: [/507/] });

  test('from the first page on: it says so, what to do, and goes on once it is allowed [G1, G3]', async ({ page, context }) => {
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await refuseStorage(context, true);
    await page.goto('/customers');
    await expect(page.getByRole('main')).toContainText(REFUSED);
    await expect(page.getByRole('main')).toContainText('Allow it to keep data, or open the page in an ordinary window, and try again.');
    await axe(page, 'storage refused');
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('button', { name: 'Nederlands' }).click();
    await expect(page.getByText('Deze browser weigert gegevens voor deze pagina te bewaren')).toBeVisible();
    await refuseStorage(context, false);
    await button(page, 'Opnieuw proberen').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Aanmelden' })).toBeVisible();
  });

  test('while a draft is typed: nothing of it is lost [G3, N18]', async ({ page, context }) => {
    await signIn(page, 'Anna de Vries');
    await startTrial(page);
    await fillCustomer(page, { company: 'Typed on', email: 'it@typed-on.example' });
    await kept(page);
    await refuseStorage(context, true);
    await text(page, 'Company name').fill('Typed on, unkept');
    await expect(page.getByText(REFUSED)).toBeVisible();
    await expect(page.getByText('Draft not saved', { exact: true })).toBeVisible();
    await text(page, 'Company name').fill('Typed on, still unkept');
    await button(page, 'Next').click();
    await expect(page.getByText(REFUSED).first()).toBeVisible();
    await expect(text(page, 'Company name')).toHaveValue('Typed on, still unkept');
    await expect(box(page, 'The customer is in a supported location')).toBeChecked();

    await refuseStorage(context, false);
    await button(page, 'Try again').click();
    await kept(page);
    await page.reload();
    await expect(text(page, 'Company name')).toHaveValue('Typed on, still unkept');
    await expect(text(page, 'Administrator email')).toHaveValue('it@typed-on.example');
  });

  test('at Save: it says so, and the same button saves once it is allowed [G3, N18]', async ({ page, context }) => {
    await signIn(page, 'Anna de Vries');
    const before = await companies(page);
    await startTrial(page);
    await shortestToReview(page, { company: 'Refused Save', email: 'it@refused-save.example' });
    await expect(button(page, 'Save')).toBeVisible();
    await refuseStorage(context, true);
    await button(page, 'Save').click();
    await expect(page.getByText(REFUSED).first()).toBeVisible();
    await expect(page.getByText('Refused Save').first()).toBeVisible();
    await refuseStorage(context, false);
    await save(page, 'No');
    await expect(row(page, 'Refused Save')).toHaveCount(1);
    expect(await companies(page)).toBe(before + 1);
  });
});

test('a browser whose settings block the data of all sites says so and what to do [G1]', { tag: '@embedded' }, async ({ playwright, launchOptions, baseURL }, testInfo) => {
  const profile = testInfo.outputPath('profile');
  await mkdir(`${profile}/Default`, { recursive: true });
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(`${profile}/Default/Preferences`, JSON.stringify(blocked));
  // What is set for a profile only a Chromium with a window reads.
  const executablePath = process.env.CHROMIUM_WHOLE ?? launchOptions.executablePath;
  const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, executablePath, baseURL, locale: 'en-GB' });
  const page = context.pages()[0] ?? await context.newPage();
  await page.goto('/customers');
  await expect(page.getByRole('heading', { level: 1, name: 'Proef cannot start here' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('blocked site data');
  await expect(page.getByRole('main')).toContainText('open the page in an ordinary window and allow it to keep data');
  await button(page, 'Try again').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Proef cannot start here' })).toBeVisible();
  await context.close();
});
