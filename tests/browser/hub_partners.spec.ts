// Partners with access to the organisation (rule H3).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';

/** After each act the page is drawn anew, and its title takes the focus. */
const arrived = (page: Page) => expect(page.getByRole('heading', { level: 1, name: 'Partners with access' })).toBeFocused();

async function acceptWithBox(page: Page): Promise<void> {
  await signIn(page, 'Sanne Visser');
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('checkbox', { name: 'Allow the partner to be full administrator' }).check();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
  await page.getByRole('link', { name: 'Partners', exact: true }).click();
  await arrived(page);
}

test('access is reduced, raised and removed, each after its preview that says what becomes of the trial [H3, E6, G4]', async ({ page }) => {
  await acceptWithBox(page);
  const noordzee = page.getByRole('region', { name: 'Noordzee Telecom' });
  await expect(noordzee).toContainText('Full administrator access');
  await axe(page, 'partners');

  await noordzee.getByRole('button', { name: 'Reduce' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Access: Full administrator access, then Provisioning access')).toBeVisible();
  await expect(dialog.getByText('Trial of Messaging, Meetings: nothing changes in it', { exact: false })).toBeVisible();
  await axe(page, 'reduce');
  await dialog.getByRole('button', { name: 'No', exact: true }).click();
  await expect(noordzee).toContainText('Full administrator access');
  await noordzee.getByRole('button', { name: 'Reduce' }).click();
  await dialog.getByRole('button', { name: 'Reduce access' }).click();
  await expect(noordzee.getByRole('button', { name: 'Give full access' })).toBeVisible();
  await expect(noordzee).toContainText('Provisioning access');
  await arrived(page);

  await noordzee.getByRole('button', { name: 'Give full access' }).click();
  await dialog.getByRole('button', { name: 'Give access' }).click();
  await expect(noordzee.getByRole('button', { name: 'Reduce' })).toBeVisible();
  await arrived(page);

  await noordzee.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByText('Access: Full administrator access, then none')).toBeVisible();
  await expect(dialog.getByText('accepted and is not set up yet. It is cancelled.', { exact: false })).toBeVisible();
  // Only what is the case here is said.
  await expect(dialog.getByText('nobody can convert it', { exact: false })).toHaveCount(0);
  await expect(dialog.getByText('Devices', { exact: false })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Remove access' }).click();
  await expect(page.getByRole('region', { name: 'Partners that had access' })).toContainText('Noordzee Telecom');
  await arrived(page);
  await page.getByRole('link', { name: 'Overview' }).click();
  // It awaited its set-up, so it is cancelled with the access.
  await expect(page.getByRole('region', { name: 'Earlier requests' })).toContainText('Cancelled');
  await expect(page.getByRole('region', { name: 'Trials', exact: true })).toContainText('No trial runs here.');
  await page.getByRole('region', { name: 'Earlier requests' }).getByRole('link', { name: 'Noordzee Telecom' }).click();
  await expect(page.getByText('Noordzee Telecom has no access now.')).toBeVisible();
  await expect(page.getByText('reduce', { exact: false })).toHaveCount(0);
});

test('an administrator sees the partners and cannot change them, with the reason [P5, P7]', async ({ page, context }) => {
  await acceptWithBox(page);
  const other = await context.newPage();
  await signIn(other, 'Kim Jansen');
  await other.getByRole('link', { name: 'Partners', exact: true }).click();
  const reduce = other.getByRole('button', { name: 'Reduce' });
  await expect(reduce).toHaveAttribute('aria-disabled', 'true');
  await expect(reduce).toHaveAccessibleDescription(/full administrator/);
});
