// Partners with access to the organisation (rule H3).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';

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
  await expect(page.getByRole('heading', { level: 1, name: 'Partners with access' })).toBeFocused();
}

test('access is reduced, raised and removed, each after its preview [H3, E6]', async ({ page }) => {
  await acceptWithBox(page);
  const noordzee = page.getByRole('region', { name: 'Noordzee Telecom' });
  await expect(noordzee).toContainText('Full administrator access');
  await axe(page, 'partners');

  await noordzee.getByRole('button', { name: 'Reduce' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Access: Full administrator access, then Provisioning access')).toBeVisible();
  await axe(page, 'reduce');
  await dialog.getByRole('button', { name: 'No', exact: true }).click();
  await expect(noordzee).toContainText('Full administrator access');
  await noordzee.getByRole('button', { name: 'Reduce' }).click();
  await dialog.getByRole('button', { name: 'Reduce access' }).click();
  await expect(noordzee.getByRole('button', { name: 'Give full access' })).toBeVisible();
  await expect(noordzee).toContainText('Provisioning access');

  await noordzee.getByRole('button', { name: 'Give full access' }).click();
  await dialog.getByRole('button', { name: 'Give access' }).click();
  await expect(noordzee.getByRole('button', { name: 'Reduce' })).toBeVisible();

  await noordzee.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByText('Access: Full administrator access, then none')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove access' }).click();
  await expect(page.getByRole('region', { name: 'Partners that had access' })).toContainText('Noordzee Telecom');
  await page.getByRole('link', { name: 'Overview' }).click();
  // It awaited its set-up, so it is cancelled with the access.
  await expect(page.getByRole('region', { name: 'Earlier requests' })).toContainText('Cancelled');
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
