// The hub's overview and subscriptions: what is owned and tried, purchase, cancelling, and what will be
// lost (rules H1, H2, C1, K1, K2, L2, L3, L9, E5).
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { act, addTrial, ask, customer, forward, stormRuns } from './support/backend';
import { visit } from './support/customer';

const SANNE = 'Sanne Visser';
const JOOST = 'Joost de Boer';
const KIM = 'Kim Jansen';
const TRIAL = 'Messaging, Meetings';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page, services = TRIAL) => page.getByRole('region', { name: services, exact: true });

/** Signs in, lets the trial run, and opens the subscriptions by the rail. */
async function toSubscriptions(page: Page, person = SANNE): Promise<string> {
  await signIn(page, person);
  const trial = await stormRuns(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Subscriptions' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeFocused();
  await expect(card(page)).toContainText('30 days left');
  return trial;
}

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`overview and subscriptions tell licences, days left and what comes next, also on a phone, ${colorScheme}, ${locale} [H1, H2, E5, G4]`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      await signIn(page, SANNE);
      await stormRuns(page);
      await page.goto('/hub');
      const licences = page.getByRole('table', { name: dutch ? 'Licenties' : 'Licences' });
      await expect(licences.getByRole('row').filter({ hasText: dutch ? 'Berichten' : 'Messaging' })).toContainText(dutch ? '0 van 80' : '0 of 80');
      await expect(page.getByText(dutch ? 'De diensten werken dan nog 30 dagen' : 'Its services then work for 30 days more')).toBeVisible();
      await axe(page, 'overview');
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        for (const path of ['/hub', '/hub/subscriptions', '/hub/people', '/hub/settings']) {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          const scrolls = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
          expect(await scrolls(), `${path} at ${width}`).toBe(false);
        }
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto('/hub/subscriptions');
      const trial = card(page, dutch ? 'Berichten, Vergaderingen' : TRIAL);
      await expect(trial).toBeVisible();
      await axe(page, 'subscriptions');
      await trial.getByRole('button', { name: dutch ? 'Aanschaffen' : 'Purchase', exact: true }).click();
      await expect(page.getByRole('dialog').getByText(dutch ? 'Mails die erbij uitgaan' : 'Mails that go with it')).toBeVisible();
      await axe(page, 'purchase');
    });
  });
}

test('who is interested in purchasing says so once, however often it is clicked, and the partner sees it [C1, H2, G2]', async ({ page }) => {
  await toSubscriptions(page);
  await button(page, 'Purchase').click();
  const dialog = page.getByRole('dialog', { name: `Purchase ${TRIAL}` });
  await expect(dialog).toContainText('Noordzee Telecom runs the trial and takes the order.');
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await dialog.getByRole('button', { name: "I'm interested in purchasing" }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeFocused();
  await expect(card(page)).toContainText('Noordzee Telecom was told on');
  const { body: journal } = await ask(page, 'sanne-visser', 'GET', 'journal?deed=interested');
  expect(journal.entries).toHaveLength(1);
  const { body: list } = await ask(page, 'anna-de-vries', 'GET', 'customers?interested=true&q=rederij%20storm');
  expect(list.rows).toHaveLength(1);

  // On that day nobody says it again, and the control says why.
  await button(page, 'Purchase').click();
  const again = dialog.getByRole('button', { name: "I'm interested in purchasing" });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await expect(again).toHaveAccessibleDescription(/passed on today already/);

  await signIn(page, 'Anna de Vries');
  await page.goto(`/customers/${list.rows[0].id}`);
  await expect(page.getByText(/^Interested in purchasing since /)).toBeVisible();
});

test('an administrator reads what buying means and decides nothing, with the reasons [P5, P7, C1, K1]', async ({ page }) => {
  await toSubscriptions(page, KIM);
  const cancel = button(page, 'Cancel trial');
  await expect(cancel).toHaveAttribute('aria-disabled', 'true');
  await expect(cancel).toHaveAccessibleDescription(/full administrator/);
  await button(page, 'Purchase').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Noordzee Telecom runs the trial');
  const interested = dialog.getByRole('button', { name: "I'm interested in purchasing" });
  await expect(interested).toHaveAttribute('aria-disabled', 'true');
  await expect(interested).toHaveAccessibleDescription(/full administrator/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a user of the organisation has no hub [P5]', async ({ page }) => {
  await signIn(page, 'Tom Bos');
  await page.goto('/hub/subscriptions');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  expect((await ask(page, 'tom-bos', 'GET', 'hub')).status).toBe(403);
});

test('a full administrator cancels after the preview, and undoes it within 5 minutes [K1, K2, E6]', async ({ page, pageOf }) => {
  const joost = await pageOf(JOOST);
  await page.bringToFront();
  await toSubscriptions(page);
  await button(page, 'Cancel trial').click();
  const dialog = page.getByRole('dialog', { name: `Cancel the trial of ${TRIAL}?` });
  await expect(dialog).toContainText('Talk to Noordzee Telecom first');
  await expect(dialog.getByText('This is lost')).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'Dates (UTC)' }).getByRole('row').filter({ hasText: 'none' }).first()).toBeVisible();
  await axe(page, 'cancel');
  await dialog.getByRole('button', { name: 'No', exact: true }).click();
  await expect(dialog).toBeHidden();
  await button(page, 'Cancel trial').click();
  await dialog.getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(page.getByText(/It can be undone until .* UTC\./)).toBeVisible();
  await expect(page.getByText(/^Time left: 4:\d\d$/)).toBeVisible();

  // Only who cancelled may undo it.
  await joost.bringToFront();
  await joost.goto('/hub/subscriptions');
  const others = joost.getByRole('button', { name: 'Undo cancelling' });
  await expect(others).toHaveAttribute('aria-disabled', 'true');
  await expect(others).toHaveAccessibleDescription(/Only the person who cancelled/);

  await page.bringToFront();
  await button(page, 'Undo cancelling').click();
  const undo = page.getByRole('dialog', { name: `Undo the cancelling of ${TRIAL}?` });
  await expect(undo).toContainText('takes the state that its dates give');
  await undo.getByRole('button', { name: 'Undo cancelling' }).click();
  await expect(card(page)).toContainText('30 days left');
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeFocused();
});

test('once the time to undo is over the trial is cancelled for good, and the page says so [K2]', async ({ page }) => {
  await signIn(page, SANNE);
  const trial = await stormRuns(page, ['messaging', 'meetings'], true);
  await ownMessaging(page, trial);
  await page.goto('/hub/subscriptions');
  await button(page, 'Cancel trial').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(button(page, 'Undo cancelling')).toBeVisible();
  await forward(page, 1);
  await button(page, 'Undo cancelling').click();
  await expect(page.getByRole('dialog')).toContainText('5 minutes, and they are over');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(button(page, 'Undo cancelling')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Earlier trials' })).toContainText('Cancelled');
});

test('a trial that expires while its page is open: both versions are shown and it is decided anew [E6, L2, K1]', async ({ page }) => {
  await toSubscriptions(page);
  await button(page, 'Cancel trial').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('This is lost')).toBeVisible();
  await forward(page, 30);
  await dialog.getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(dialog.getByText('Nothing was done yet.', { exact: false })).toBeVisible();
  await expect(dialog.getByText(/What it brings now, on/)).toBeVisible();
  await expect(dialog.getByText(/What was shown before, for/)).toBeVisible();
  await dialog.getByRole('button', { name: 'No', exact: true }).click();
  await page.reload();
  await expect(card(page)).toContainText('Expired');
  await expect(card(page)).toContainText('30 days of grace left');
});

test('a trial that closes while its page is open: what cannot be done any more says why [L3, L12]', async ({ page }) => {
  await signIn(page, SANNE);
  const trial = await stormRuns(page, ['messaging', 'meetings'], true);
  await ownMessaging(page, trial);
  await page.goto('/hub/subscriptions');
  await expect(card(page, 'Calling')).toContainText('30 days left');
  await forward(page, 60);
  await button(page, 'Purchase').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('The trial is closed.', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('region', { name: 'Earlier trials' })).toContainText('Closed');
});

/** Messaging is ordered from a trial, and Calling tried beside it. */
async function ownMessaging(page: Page, trial: string): Promise<void> {
  const order = { 'order-number': 'PO-1', 'contact-email': 'anna.de.vries@noordzee-telecom.example', 'administrator-email': 'ict@rederijstorm.example', services: ['messaging'], confirmed: true };
  await act(page, 'anna-de-vries', trial, { convert: order });
  const { id } = await customer(page, 'anna-de-vries', 'Rederij Storm', 'converted,active,setting-up');
  await addTrial(page, id, ['calling'], 20);
}

test('a customer that owns and tries keeps what it owns when the trial closes [L3, H1, H2]', async ({ page }) => {
  await signIn(page, SANNE);
  const trial = await stormRuns(page, ['messaging', 'meetings'], true);
  await ownMessaging(page, trial);
  await page.goto('/hub/subscriptions');
  const licences = page.getByRole('table', { name: 'Licences' });
  await expect(licences.getByRole('row').filter({ hasText: 'Messaging' })).toContainText('Purchased, since');
  await expect(licences.getByRole('row').filter({ hasText: 'Calling' })).toContainText('0 of 20');
  await forward(page, 30);
  await page.reload();
  await expect(licences.getByRole('row').filter({ hasText: 'Calling' })).toContainText('Expired');
  await expect(licences.getByRole('row').filter({ hasText: 'Messaging' })).not.toContainText('Expired');
  await card(page, 'Calling').getByRole('link', { name: 'What will be lost, and when' }).click();
  const lost = page.getByRole('table', { name: 'What ends with the trial' });
  await expect(lost.getByRole('row').filter({ hasText: 'Calling' })).toContainText('20');
  // It lives on with what it owns, so nobody loses the role.
  await expect(lost.getByRole('row').filter({ hasText: 'roles' })).toHaveCount(0);

  await forward(page, 30);
  await page.goto('/hub/subscriptions');
  await expect(page.getByText('No trial runs here.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Earlier trials' })).toContainText('Closed');
  await expect(licences.getByRole('row').filter({ hasText: 'Messaging' })).toContainText('Purchased');
  await expect(licences.getByRole('row').filter({ hasText: 'Calling' })).toHaveCount(0);

  // The partner sees the same: the trial is closed, and the organisation goes on with what it owns.
  await signIn(page, 'Anna de Vries');
  await visit(page, 'Rederij Storm');
  const now = page.getByRole('region', { name: 'Services now' }).getByRole('row');
  await expect(now.filter({ hasText: 'Messaging' })).toContainText('Purchased');
  await expect(now.filter({ hasText: 'Calling' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Trial', exact: true }).filter({ hasText: 'Closed' })).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Add', exact: true })).toBeVisible();
});

test('in grace the page says with counts what will be lost and when, and gives it as CSV and JSON [L9, L2, L3]', async ({ page }) => {
  await toSubscriptions(page);
  const person = { name: '=Noor', email: 'noor@rederijstorm.example', role: 'user', services: ['messaging'] };
  expect((await ask(page, 'sanne-visser', 'POST', 'hub/people', person)).status).toBe(200);
  await forward(page, 31);
  await page.reload();
  await card(page).getByRole('link', { name: 'What will be lost, and when' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What ends with the trial' })).toBeFocused();
  await expect(page.getByText(/The trial by Noordzee Telecom ended on .* Its services work until/)).toBeVisible();
  const lost = page.getByRole('table', { name: 'What ends with the trial' });
  for (const [thing, count] of [['Messaging', '80'], ['Meetings', '80'], ['People who use the services', '1'], ["Administrators' roles", '3']]) {
    await expect(lost.getByRole('row').filter({ hasText: thing }).getByRole('cell').first()).toHaveText(count);
  }
  await expect(page.getByText('The organisation closes with it', { exact: false })).toBeVisible();
  await expect(button(page, 'Purchase')).toBeVisible();
  await axe(page, 'what is lost');

  const kept = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const csv = await kept('Download as CSV');
  expect(csv.name).toMatch(/^inventory-.*\.csv$/);
  expect(csv.text.startsWith('\ufeffThing,Name,Count,Lost on (UTC)\r\n')).toBe(true);
  expect(csv.text).toMatch(/Service,Messaging,80,\d{4}-\d\d-\d\d\r\n/);
  const json = await kept('Download as JSON');
  expect(JSON.parse(json.text).inventory).toMatchObject({ services: ['messaging', 'meetings'], licences: 80, users: 1 });

  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeVisible();
  await page.goto('/hub/subscriptions/nothing');
  await expect(page.getByRole('heading', { level: 1, name: 'No such trial' })).toBeVisible();
});
