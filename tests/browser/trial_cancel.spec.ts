// Cancel trial of a running trial, and undoing it (rules K1, K2).
import { axe, backendMinutesLater, expect, signIn, test } from './support';
import { command, dialog, title, visit } from './support/customer';
import { button } from './support/wizard';

const ANNA = 'Anna de Vries';

test('the dialog names the effects; No changes nothing; cancelled, it can be undone [K1, K2, E6]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Cobalt Analytics');
  await command(page, 'Cancel trial').click();
  for (const effect of [/^Talk to the customer first/, /^You can undo it for 5 minutes/, /^After that neither side can restore/, 'This is lost', /^Status: /]) {
    await expect(dialog(page).getByText(effect)).toBeVisible();
  }
  await axe(page, 'cancel a running trial');
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await expect(command(page, 'Cancel trial')).toBeFocused();
  await expect(title(page)).toContainText('Active');

  await command(page, 'Cancel trial').click();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).dblclick();
  await expect(title(page)).toContainText('Cancelled');
  await expect(page.getByText(/^Cancelled just now\. It can be undone until/)).toBeVisible();
  await expect(page.getByText(/^[34]:\d\d$/)).toBeVisible();
  await axe(page, 'a cancelling that can be undone');
  await button(page, 'Undo cancelling').click();
  await expect(dialog(page).getByText('The trial takes the state that its dates give.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Undo cancelling', exact: true }).click();
  await expect(title(page)).toContainText('Active');
  await expect(page.getByText('The cancelling was undone. The trial for Cobalt Analytics goes on.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo cancelling' })).toHaveCount(0);
});

test('after 5 minutes it cannot be undone, whatever the page still shows [K2, L1]', { tag: '@embedded' }, async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Cobalt Analytics');
  await command(page, 'Cancel trial').click();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(button(page, 'Undo cancelling')).toBeVisible();
  await backendMinutesLater(page, 6);
  await button(page, 'Undo cancelling').click();
  await expect(dialog(page).getByText(/Cancelling can be undone for 5 minutes, and they are over\./)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Undo cancelling' })).toHaveCount(0);
  await expect(title(page)).toContainText('Cancelled');
});

test('the countdown runs out on the page by itself, and the control says why [K2, P7]', async ({ page }) => {
  await page.clock.install();
  await signIn(page, ANNA);
  await visit(page, 'Cobalt Analytics');
  await command(page, 'Cancel trial').click();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(button(page, 'Undo cancelling')).toBeVisible();
  await page.clock.runFor(2_000);
  await expect(button(page, 'Undo cancelling')).not.toHaveAttribute('aria-disabled', 'true');
  await page.clock.fastForward('05:00');
  await expect(button(page, 'Undo cancelling')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Undo cancelling')).toHaveAccessibleDescription(/they are over/);
});

test('only who cancelled may undo it, and a colleague sees why not [K2, P7]', async ({ pageOf }) => {
  const anna = await pageOf(ANNA);
  await visit(anna, 'Dutch Orchard Export');
  await command(anna, 'Cancel trial').click();
  await dialog(anna).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(button(anna, 'Undo cancelling')).toBeVisible();
  const mehmet = await pageOf('Mehmet Bakker');
  await visit(mehmet, 'Dutch Orchard Export');
  await expect(button(mehmet, 'Undo cancelling')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(mehmet, 'Undo cancelling')).toHaveAccessibleDescription(/Only the person who cancelled/);
});
