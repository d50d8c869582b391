// What was saved stands there after a hard reload and after the browser was closed (N16, N18).
import { expect, signIn, test } from './support';
import { fillCustomer, kept, row, save, shortestToReview, startTrial, text } from './support/wizard';
import type { Page } from '@playwright/test';

const controlled = (page: Page) => page.evaluate(() => navigator.serviceWorker.controller !== null);

test('after a hard reload the saved customer and a draft still stand there, and the worker answers again [G1, N18]', { tag: '@embedded' }, async ({ page, context }) => {
  await signIn(page, 'Anna de Vries');
  await startTrial(page);
  await shortestToReview(page, { company: 'Reloaded Hard', email: 'it@reloaded-hard.example' });
  await save(page, 'No');
  await expect(row(page, 'Reloaded Hard')).toHaveCount(1);
  const devtools = await context.newCDPSession(page);
  const reloadHard = async () => {
    const loaded = page.waitForEvent('load');
    await devtools.send('Page.reload', { ignoreCache: true });
    await loaded;
  };
  await reloadHard();
  await expect(row(page, 'Reloaded Hard')).toHaveCount(1);
  expect(await controlled(page), 'a hard reload begins without the worker').toBe(true);

  await startTrial(page);
  await fillCustomer(page, { company: 'Half typed', email: 'it@half-typed.example' });
  await kept(page);
  await reloadHard();
  await expect(text(page, 'Company name')).toHaveValue('Half typed');
});

test('after the browser was closed and opened again the saved customer and a draft still stand there [N16, N18]', { tag: '@embedded' }, async ({ playwright, launchOptions, baseURL }, testInfo) => {
  const profile = testInfo.outputPath('profile');
  const open = async () => {
    const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, baseURL, locale: 'en-GB' });
    return { context, page: context.pages()[0] ?? await context.newPage() };
  };
  const first = await open();
  await signIn(first.page, 'Anna de Vries');
  await startTrial(first.page);
  await shortestToReview(first.page, { company: 'Next Day', email: 'it@next-day.example' });
  await save(first.page, 'No');
  await expect(row(first.page, 'Next Day')).toHaveCount(1);
  await startTrial(first.page);
  await fillCustomer(first.page, { company: 'Typed the day before', email: 'it@day-before.example' });
  await kept(first.page);
  const draft = first.page.url();
  await first.context.close();

  const second = await open();
  await second.page.goto('/customers');
  await expect(row(second.page, 'Next Day')).toHaveCount(1);
  await second.page.goto(draft);
  await expect(text(second.page, 'Company name')).toHaveValue('Typed the day before');
  await second.context.close();
});
