// Acts on several customers of the list (rules Q6, P9).
import { type Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { ask, customer } from './support/backend';

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });
const bar = (page: Page) => page.getByRole('group', { name: 'Selected customers' });
const dialog = (page: Page) => page.getByRole('dialog');
const outcome = (page: Page, company: string) => dialog(page).getByRole('row').filter({ hasText: company });
const act = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name });
const ANNA = 'anna-de-vries';

async function choose(page: Page, companies: string[], query = 'sort=company'): Promise<void> {
  await page.goto(`/customers?${query}`);
  for (const company of companies) await page.getByRole('checkbox', { name: `Select ${company}`, exact: true }).check();
  await expect(bar(page).getByText(`${companies.length} selected`)).toBeVisible();
}

/** Companies of the list with a status, as the backend tells them. */
async function companies(page: Page, status: string, count: number): Promise<string[]> {
  const { body } = await ask(page, ANNA, 'GET', `customers?status=${status}&sort=company`);
  const names = (body.rows as { company: string; 'more-trials': number }[]).filter(row => row['more-trials'] === 0).map(row => row.company);
  expect(names.length).toBeGreaterThanOrEqual(count);
  return names.slice(0, count);
}

/** How often trials of a customer were extended, as the journal tells. */
async function extensions(page: Page, organisation: string): Promise<number> {
  return (await ask(page, ANNA, 'GET', `journal?organisation=${organisation}&deed=extended`)).body.entries.length;
}

test('several trials are extended: each is previewed first, and each ends done or skipped with the reason [Q6, E1]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const soon = await companies(page, 'expiring-soon', 2);
  const [expired] = await companies(page, 'expired', 1);
  await choose(page, [...soon, expired]);
  await bar(page).getByRole('button', { name: 'Extend' }).click();
  await expect(dialog(page)).toHaveAccessibleName('Extend: 3 customers');
  await dialog(page).getByRole('radio', { name: '60 days from today' }).check();
  await act(page, 'Show what it brings').click();
  await expect(dialog(page).getByText('2 will be done, 1 skipped, 0 could not be looked at')).toBeVisible();
  for (const company of soon) await expect(outcome(page, company)).toContainText(/Ends .* in place of .*: \d+ days later/);
  await expect(outcome(page, expired)).toContainText(/Skipped: .*grace period.*converted/);
  await outcome(page, soon[0]).getByText('Everything it brings').click();
  await expect(outcome(page, soon[0]).getByRole('heading', { name: /Mails/ }).first()).toBeVisible();

  const before = await customer(page, ANNA, soon[0]);
  const entries = await extensions(page, before.id);
  await act(page, 'Do it with 2').dblclick();
  await expect(dialog(page).getByText('2 done, 1 skipped, 0 failed')).toBeFocused();
  await act(page, 'Close').click();
  await expect(bar(page).getByRole('button', { name: 'Extend' })).toBeFocused();
  const after = await customer(page, ANNA, soon[0]);
  expect(after.trials[0].trial.phase.end).not.toBe(before.trials[0].trial.phase.end);
  expect(await extensions(page, after.id), 'once, whatever number of clicks').toBe(entries + 1);
});

test('cancelling several advises first, and of two trials of a customer names the one that is meant [Q6, K1, K2]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await choose(page, ['Twin Peaks Outdoors']);
  await bar(page).getByRole('button', { name: 'Cancel trial' }).click();
  await expect(dialog(page)).toContainText('Talk to each customer first');
  await expect(outcome(page, 'Twin Peaks Outdoors')).toContainText('Calling: Expired becomes Cancelled. Another trial stays as it is.');
  await act(page, 'Do it with 1').click();
  await expect(dialog(page)).toContainText('5 minutes');
  await act(page, 'Close').click();
  const { trials } = await customer(page, ANNA, 'Twin Peaks Outdoors');
  expect(trials.map((each: { status: string }) => each.status).sort()).toContain('cancelled');
  expect(trials).toHaveLength(2);
});

test('a trial that would become shorter is skipped unless that is wanted [Q6, E1]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const { body } = await ask(page, ANNA, 'GET', 'customers?status=active&sort=-days-left');
  const [long] = (body.rows as { company: string; services: { 'days-left': number }[] }[]).filter(row => row.services.some(line => line['days-left'] > 31));
  await choose(page, [long.company]);
  await bar(page).getByRole('button', { name: 'Extend' }).click();
  await act(page, 'Show what it brings').click();
  await expect(outcome(page, long.company)).toContainText(/Skipped: The new end, .*, is earlier than the present one/);
  await expect(act(page, /^Do it with/)).toHaveAttribute('aria-disabled', 'true');
  await act(page, 'No').click();
  await bar(page).getByRole('button', { name: 'Extend' }).click();
  await dialog(page).getByRole('checkbox', { name: 'Also where the new end is earlier' }).check();
  await act(page, 'Show what it brings').click();
  await expect(outcome(page, long.company)).toContainText(/\d+ days earlier/);
});

test('one that was changed meanwhile fails with the reason and is tried again alone [Q6, E6]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const chosen = await companies(page, 'expiring-soon', 2);
  await choose(page, chosen);
  await bar(page).getByRole('button', { name: 'Extend' }).click();
  await act(page, 'Show what it brings').click();
  await expect(dialog(page).getByText('2 will be done, 0 skipped, 0 could not be looked at')).toBeVisible();
  const changed = await customer(page, ANNA, chosen[1]);
  const assignment = { 'in-charge': 'mehmet-bakker', assigned: [] };
  const done = await ask(page, ANNA, 'PUT', `customers/${changed.id}/assignment`, { assignment }, changed.version);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  await act(page, 'Do it with 2').click();
  await expect(dialog(page).getByText('1 done, 0 skipped, 1 failed')).toBeVisible();
  await expect(outcome(page, chosen[1])).toContainText(/Failed: It was changed in the meantime/);
  await act(page, 'Try the 1 that failed again').click();
  await expect(outcome(page, chosen[0])).toHaveCount(0);
  await act(page, 'Do it with 1').click();
  await expect(dialog(page).getByText('1 done, 0 skipped, 0 failed')).toBeVisible();
});

test('a lost answer is asked for again with the same order, which happens once [Q6, G2]', async ({ page }) => {
  await page.addInitScript(() => {
    const real = window.fetch;
    window.fetch = async (input, init) => {
      const address = input instanceof Request ? input.url : String(input);
      const lost = window as unknown as { lost?: boolean };
      if (!lost.lost || !address.endsWith('/acts')) return real(input, init);
      await real(input, init);
      throw new TypeError('Failed to fetch');
    };
  });
  await signIn(page, 'Anna de Vries');
  const [company] = await companies(page, 'expiring-soon', 1);
  const { id } = await customer(page, ANNA, company);
  const entries = await extensions(page, id);
  await choose(page, [company]);
  await bar(page).getByRole('button', { name: 'Extend' }).click();
  // Enter pressed twice shows what it brings, and does not do it unread.
  await act(page, 'Show what it brings').press('Enter');
  await expect(dialog(page).getByText('1 will be done')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.evaluate(() => { (window as unknown as { lost: boolean }).lost = true; });
  await act(page, 'Do it with 1').press('Enter');
  await expect(dialog(page).getByText('0 done, 0 skipped, 1 failed')).toBeVisible({ timeout: 15_000 });
  await page.evaluate(() => { (window as unknown as { lost: boolean }).lost = false; });
  await act(page, 'Try the 1 that failed again').click();
  await act(page, 'Do it with 1').click();
  await expect(dialog(page).getByText('1 done, 0 skipped, 0 failed')).toBeVisible();
  expect(await extensions(page, id)).toBe(entries + 1);
});

test('customers are assigned from the list, one or several [P9, Q6]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const { body } = await ask(page, ANNA, 'GET', 'customers?in_charge=anna-de-vries&status=active&sort=company');
  const chosen = (body.rows as { company: string }[]).slice(0, 2).map(row => row.company);
  await choose(page, chosen, 'in_charge=anna-de-vries&status=active&sort=company');
  await bar(page).getByRole('button', { name: 'Assign' }).click();
  await expect(act(page, 'Show what it brings')).toHaveAttribute('aria-disabled', 'true');
  await expect(act(page, 'Show what it brings')).toHaveAccessibleDescription('Choose a person first.');
  await dialog(page).getByRole('combobox', { name: 'Person' }).selectOption('Mehmet Bakker');
  await act(page, 'Show what it brings').click();
  await expect(outcome(page, chosen[0])).toContainText('Mehmet Bakker will be in charge');
  await act(page, 'Do it with 2').click();
  await expect(dialog(page).getByText('2 done, 0 skipped, 0 failed')).toBeVisible();
  await act(page, 'Close').click();
  await expect(rows(page).filter({ hasText: chosen[0] })).toHaveCount(0);
  await expect(bar(page), 'what is not shown any more is not selected').toHaveCount(0);
  expect((await customer(page, ANNA, chosen[1]))['in-charge'].name).toBe('Mehmet Bakker');
});

test('consent mails are sent again and trials cancelled, each by its own rule [Q6, X13, K1]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const [pending] = await companies(page, 'trial-pending', 1);
  const [active] = await companies(page, 'active', 1);
  await choose(page, [pending, active]);
  await bar(page).getByRole('button', { name: 'Resend consent email' }).click();
  await expect(outcome(page, active)).toContainText(/^.*Skipped: This cannot be done now\. The trial is running/);
  await expect(outcome(page, pending)).toContainText(/The consent mail goes once more|Skipped: The last consent mail/);
  await act(page, 'No').click();

  await bar(page).getByRole('button', { name: 'Cancel trial' }).click();
  await expect(dialog(page).getByText('2 will be done, 0 skipped, 0 could not be looked at')).toBeVisible();
  await expect(outcome(page, active)).toContainText('Active becomes Cancelled');
  await act(page, 'Do it with 2').click();
  await expect(dialog(page).getByText('2 done, 0 skipped, 0 failed')).toBeVisible();
  await act(page, 'Close').click();
  await expect(rows(page).filter({ hasText: pending }), 'cancelled before the start it leaves the list').toHaveCount(0);
  await expect(rows(page).filter({ hasText: active })).toContainText('Cancelled');
});

test('all that are shown can be selected, and who changes nothing is told why [Q6, P2, P7]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  await page.goto('/customers?status=expired');
  const all = page.getByRole('columnheader').getByRole('checkbox', { name: 'Select all that are shown' });
  await all.check();
  await expect(bar(page).getByText(`${await rows(page).count()} selected`)).toBeVisible();
  for (const name of ['Extend', 'Assign', 'Resend consent email', 'Cancel trial']) {
    const button = bar(page).getByRole('button', { name, exact: true });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/changes nothing|Only a sales full administrator/);
  }
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(all).not.toBeChecked();
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`acts on several customers have no accessibility violations and fit 320 pixels, ${language}, ${theme} [G4]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await signIn(page, 'Anna de Vries');
      // As tall as the page, so that the bar at the bottom halves no box.
      await page.setViewportSize({ width: 320, height: 4000 });
      await page.goto('/customers?status=expiring-soon,expired');
      await page.locator('td.c-select input').first().check();
      await page.locator('td.c-select input').nth(1).check();
      await axe(page, 'selection');
      await page.locator('.selection button').first().click();
      await axe(page, 'question');
      await page.locator('dialog[open] .dialog-actions button').last().click();
      await expect(page.locator('.bulk-told')).toBeFocused();
      await axe(page, 'previews');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  }
}
