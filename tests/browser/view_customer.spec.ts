// View customer: a partner in a customer's hub (rule Q10).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { ask, customer, stormRuns } from './support/backend';

const STORM = 'Rederij Storm';

async function toHub(page: Page): Promise<string> {
  const { id } = await customer(page, 'anna-de-vries', STORM, 'trial-pending,active,setting-up');
  await page.goto(`/customers/${id}`);
  await page.getByRole('link', { name: 'View customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: STORM })).toBeFocused();
  return id;
}

test('with full access a partner sees the hub under a banner with both names, and what it does there is noted with both [Q10, H5, H7, L10]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await stormRuns(page, ['messaging'], true);
  const id = await toHub(page);
  await expect(page).toHaveURL(new RegExp(`/customers/${id}/hub$`));
  const banner = page.getByText(`You look at the hub of ${STORM} for Noordzee Telecom.`);
  await expect(banner).toBeVisible();
  await expect(page.getByText('Access: Full administrator access.')).toBeVisible();
  // Requests stay between the customer and whoever asks (P8).
  await expect(page.getByText('Earlier requests')).toHaveCount(0);
  await axe(page, 'the hub for a partner');
  const parts = page.getByRole('navigation', { name: `Hub of ${STORM}` });

  await parts.getByRole('link', { name: 'Subscriptions' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeFocused();
  await page.getByRole('button', { name: 'Purchase', exact: true }).click();
  const interested = page.getByRole('dialog').getByRole('button', { name: "I'm interested in purchasing" });
  await expect(interested).toHaveAccessibleDescription(/administrators of the customer/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Cancel trial' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Act on this trial on the customer’s page' })).toBeVisible();

  await parts.getByRole('link', { name: 'People' }).click();
  await expect(page.getByText('4 people')).toBeVisible();
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Only a full administrator of the customer decides this.', { exact: false })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Noor Smit');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('noor@rederijstorm.example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('5 people')).toBeFocused();
  const kim = page.getByRole('button', { name: 'Remove Kim Jansen' });
  await expect(kim).toHaveAccessibleDescription(/full administrator/);

  await parts.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Organisation name' }).fill('Storm Shipping');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('You look at the hub of Storm Shipping for Noordzee Telecom.')).toBeVisible();
  const { body: journal } = await ask(page, 'sanne-visser', 'GET', 'journal?deed=person-added,settings-changed');
  const hers = journal.entries.filter((entry: { by: { person?: string } }) => entry.by.person === 'Anna de Vries');
  expect(hers.map((entry: { deed: string }) => entry.deed).sort()).toEqual(['person-added', 'settings-changed']);
  // Each is told with the name that the customer had then.
  for (const entry of hers) expect(entry['on-behalf']).toBe(STORM);
  await page.getByRole('link', { name: 'Back to the customer’s page' }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${id}$`));
});

test('with provisioning access a partner sees its trial, and of people and settings why it may not [Q10, X10, P7]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await stormRuns(page, ['messaging'], false);
  await toHub(page);
  await expect(page.getByText('Access: Provisioning access.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Trials' })).toContainText('Messaging');
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByText('This needs full administrator access', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Sanne' })).toHaveCount(0);
  await page.getByRole('navigation', { name: /^Hub of/ }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(/full administrator access/);
});

test('without access there is nothing to view, and the page says why [Q10, H3, P7]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const { id } = await customer(page, 'anna-de-vries', STORM, 'trial-pending');
  await page.goto(`/customers/${id}`);
  const view = page.getByRole('button', { name: 'View customer' });
  await expect(view).toHaveAttribute('aria-disabled', 'true');
  await expect(view).toHaveAccessibleDescription(/no access/);
  await page.goto(`/customers/${id}/hub/people`);
  await expect(page.getByRole('heading', { level: 1, name: 'The hub cannot be viewed' })).toBeVisible();
});

test('a help desk sees what will be lost and downloads nothing [P2, L9, Q10]', async ({ page }) => {
  await signIn(page, 'Piet Janssen');
  const trial = await stormRuns(page, ['messaging'], false);
  const { id } = await customer(page, 'anna-de-vries', STORM, 'active,setting-up');
  await page.goto(`/customers/${id}/hub/subscriptions/${trial}`);
  await expect(page.getByRole('table', { name: 'What ends with the trial' })).toBeVisible();
  for (const name of ['Download as CSV', 'Download as JSON']) {
    const download = page.getByRole('button', { name });
    await expect(download).toHaveAttribute('aria-disabled', 'true');
  }
});
