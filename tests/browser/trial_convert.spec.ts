// Convert, and the hand-over to a distributor (rules C2 to C5).
import { axe, expect, signIn, test } from './support';
import { SEE, command, dialog, open, title, visit } from './support/customer';
import { box, button, row, text } from './support/wizard';

const ANNA = 'Anna de Vries';
const HEADING = /^Convert the trial for/;
const ADMINISTRATOR = 'Customer administrator email of the trial';
const CONTACT = 'Provisioning contact email';

test('a wrong address stops the conversion, says why, offers near matches and keeps what was typed [C3, G3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await open(page, 'Convert', HEADING);
  await expect(text(page, CONTACT)).toHaveValue('anna.de.vries@noordzee-telecom.example');
  await axe(page, 'convert');
  await button(page, SEE).click();
  await expect(text(page, 'Order number')).toBeFocused();
  await expect(text(page, 'Order number')).toHaveAccessibleDescription(/1 to 40 letters, digits and hyphens/);
  await expect(text(page, ADMINISTRATOR), 'all that is missing is said at once').toHaveAccessibleDescription(/would make a second organisation/);
  await text(page, 'Order number').fill('PO 17');
  await text(page, ADMINISTRATOR).fill('beheer@brouwerijdezon.exampel');
  await button(page, SEE).click();
  await expect(text(page, 'Order number')).toBeFocused();
  await expect(text(page, 'Order number')).toHaveAccessibleDescription(/1 to 40 letters, digits and hyphens/);
  await text(page, 'Order number').fill('PO-17');
  await text(page, CONTACT).fill('somebody@elsewhere.example');
  await button(page, SEE).click();
  await expect(text(page, CONTACT)).toBeFocused();
  await expect(text(page, CONTACT)).toHaveAccessibleDescription(/somebody of your organisation, or an administrator/);
  await text(page, CONTACT).fill('beheer@brouwerijdezon.example');
  await button(page, SEE).click();
  await expect(text(page, ADMINISTRATOR)).toBeFocused();
  await expect(text(page, ADMINISTRATOR)).toHaveAccessibleDescription(/would make a second organisation/);
  await expect(text(page, ADMINISTRATOR)).toHaveValue('beheer@brouwerijdezon.exampel');
  await expect(text(page, 'Order number')).toHaveValue('PO-17');
  await axe(page, 'a wrong address');
  await page.getByRole('button', { name: 'beheer@brouwerijdezon.example' }).click();
  await expect(text(page, ADMINISTRATOR)).toHaveValue('beheer@brouwerijdezon.example');
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/^Status: .*, then Converted$/)).toBeVisible();
  await axe(page, 'what converting brings');
  await dialog(page).getByRole('button', { name: 'Convert', exact: true }).dblclick();
  await expect(title(page)).toContainText('Converted');
  await expect(page.getByText(/^Order number PO-17, provisioning contact beheer@/)).toBeVisible();
  await expect(page.getByRole('group', { name: 'What can be done with this trial' })).toHaveCount(0);

  // One order converts one trial.
  await visit(page, 'Cobalt Analytics');
  await open(page, 'Convert', HEADING);
  await text(page, 'Order number').fill('po-17');
  await text(page, ADMINISTRATOR).fill('admin@cobaltanalytics.example');
  await button(page, SEE).click();
  await expect(text(page, 'Order number')).toHaveAccessibleDescription(/converted another trial already/);
});

test('services that are not in the order are listed as lost and confirmed separately [C3, C4]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Molen & Meel');
  await expect(command(page, 'Convert')).toBeVisible();
  await visit(page, 'Lumière Médicale');
  await open(page, 'Convert', HEADING);
  await text(page, 'Order number').fill('LM-1');
  await text(page, ADMINISTRATOR).fill('informatique@lumieremedicale.example');
  await box(page, 'Calling').uncheck();
  await expect(page.getByText('Not in the order, and will be lost: Calling.')).toBeVisible();
  await button(page, SEE).click();
  await expect(dialog(page).getByText('Services: Calling')).toBeVisible();
  const yes = dialog(page).getByRole('button', { name: 'Convert', exact: true });
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  await dialog(page).getByRole('checkbox').check();
  await yes.click();
  await expect(title(page)).toContainText('Converted');
});

test('a partner of tier 2 hands over; its distributor converts it and sees nothing else of the customer [C2, C3, P8]', async ({ page }) => {
  await signIn(page, 'Ingrid Solberg');
  await expect(page.getByRole('link', { name: 'Handed over' })).toHaveCount(0);
  await visit(page, 'Tromsø Fiskeri');
  await expect(command(page, 'Convert')).toHaveCount(0);
  await command(page, 'Hand over to distributor').click();
  await expect(dialog(page).getByText(/orders through its distributor/)).toBeVisible();
  await axe(page, 'hand over');
  await dialog(page).getByRole('button', { name: 'Hand over to distributor', exact: true }).click();
  await expect(page.getByText(/^Handed over to the distributor on \d/)).toBeVisible();

  await signIn(page, ANNA);
  await page.goto('/customers?q=Troms');
  await expect(page.getByRole('heading', { name: 'No customer matches' })).toBeVisible();
  await page.getByRole('link', { name: 'Handed over', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Handed over' })).toBeFocused();
  await expect(row(page, 'Tromsø Fiskeri')).toContainText('Fjord Communications');
  await axe(page, 'handed over');
  await page.getByRole('link', { name: 'Convert Tromsø Fiskeri' }).click();
  await expect(page.getByRole('heading', { level: 1, name: HEADING })).toBeFocused();
  await text(page, 'Order number').fill('NT-2');
  await text(page, ADMINISTRATOR).fill('ikt@tromsofiskeri.example');
  await button(page, SEE).click();
  await dialog(page).getByRole('button', { name: 'Convert', exact: true }).click();
  await expect(page.getByText('The trial for Tromsø Fiskeri was converted.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Handed over' })).toBeVisible();
});

test('a closed trial cannot be converted, and the page says so [C5, L3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Kasteel Vastgoed');
  await expect(title(page)).toContainText('Closed');
  await expect(command(page, 'Convert')).toHaveAttribute('aria-disabled', 'true');
  await expect(command(page, 'Convert')).toHaveAccessibleDescription(/The trial is closed\./);
});
