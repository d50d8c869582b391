// What servers need stops and starts while people work: nothing is lost, nothing happens twice, the console says so,
// and it goes on without a restart (rules G1, G3, G2, L8).
import type { Page } from '@playwright/test';
import { expect, test } from './support';
import { browserOf, signInAs } from './support/accounts';
import { mailsTo, started, stopped } from './support/services';
import { button, row, save, shortestToReview, startTrial } from './support/wizard';

test('mail server, PostgreSQL and identity provider stop and start: each is told, nothing is lost and nothing twice [G1, G2, G3, L8]', async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  await signInAs(page, 'anna');

  // Without a mail server the trial starts, and its mail waits.
  await stopped('mails');
  await startTrial(page);
  await shortestToReview(page, { company: 'Without Mail', email: 'it@without-mail.example' });
  await save(page, 'No');
  await page.goto('/customers');
  await expect(row(page, 'Without Mail')).toHaveCount(1);

  // Without PostgreSQL saving is refused in words, and what was typed is there; once it is back it is saved, once. Two
  // people are at it, each in a browser of their own and through another copy of the server as it happens.
  const colleague = await browserOf(browser, baseURL);
  await colleague.goto('/');
  await signInAs(colleague, 'mehmet');
  const saving: [Page, string][] = [[page, 'Without Database'], [colleague, 'Lacking Database']];
  for (const [each, company] of saving) {
    await startTrial(each);
    await shortestToReview(each, { company, email: `it@${company.toLowerCase().replace(' ', '-')}.example` });
  }
  await stopped('postgresql');
  for (const [each] of saving) await button(each, 'Save').click();
  for (const [each] of saving) {
    await expect(each.getByText('The backend cannot be reached.', { exact: false }).first()).toBeVisible({ timeout: 30_000 });
  }
  await started('postgresql');
  await Promise.all(saving.map(async ([each]) => {
    await expect(async () => {
      await button(each, 'Save').click({ timeout: 1_000 });
      await expect(each.getByRole('dialog', { name: 'Set up services now?' })).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await each.getByRole('dialog').getByRole('button', { name: 'No', exact: true }).click();
  }));
  await page.goto('/customers');
  for (const [, company] of saving) await expect(row(page, company)).toHaveCount(1);

  // Without the identity provider nobody new comes in, and who is in works on.
  await stopped('identity-provider');
  const mehmet = await browserOf(browser, baseURL);
  await mehmet.goto('/customers?q=database');
  await mehmet.getByRole('link', { name: 'Sign in with your account' }).click();
  await expect(mehmet.getByRole('alert')).toContainText('The sign-in service cannot be reached at the moment.');
  await page.goto('/customers?q=database');
  await expect(row(page, 'Without Database')).toHaveCount(1);
  await started('identity-provider');
  await expect(async () => {
    await mehmet.getByRole('link', { name: 'Sign in with your account' }).click({ timeout: 1_000 });
    await expect(mehmet.getByRole('textbox', { name: 'Account' })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await mehmet.getByRole('textbox', { name: 'Account' }).fill('mehmet');
  await mehmet.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(mehmet).toHaveURL(/\/customers\?q=database$/);
  await expect(row(mehmet, 'Lacking Database')).toHaveCount(1);
  for (const each of [mehmet, colleague]) await each.context().close();

  // What waited arrives once the mail server is back: the first retry is due a minute after the try (L8).
  await started('mails');
  for (const address of ['it@without-mail.example', 'it@without-database.example', 'it@lacking-database.example']) {
    await expect.poll(async () => (await mailsTo(address)).length, { timeout: 120_000 }).toBeGreaterThan(0);
    const subjects = (await mailsTo(address)).map(mail => mail.subject);
    expect(new Set(subjects).size, subjects.join(', ')).toBe(subjects.length);
  }
});
