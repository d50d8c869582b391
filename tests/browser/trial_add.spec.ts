// Add: a trial beside what a customer has (rules A1 to A3, X3).
import { axe, expect, signIn, test } from './support';
import { title, visit } from './support/customer';
import { box, button, kept, next, text } from './support/wizard';

const ANNA = 'Anna de Vries';

test('with full administrator access a trial is added without consent: details first, then what can be offered, and its set-up follows [A1, A2, A3, X4, N16, U1, U2]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await page.getByRole('link', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Add a trial' })).toBeVisible();
  const facts = page.getByRole('region', { name: 'Added to' });
  await expect(facts).toContainText('Brouwerij de Zon');
  await expect(facts).toContainText('Noordzee Telecom');
  await expect(box(page, 'Messaging')).toHaveAttribute('aria-disabled', 'true');
  await expect(box(page, 'Messaging')).toHaveAccessibleDescription(/is in another trial of the same partner.*that day may move/);
  await axe(page, 'add a trial');
  await box(page, 'Calling').check();
  await page.getByRole('radio', { name: 'Hybrid call service' }).check();
  await text(page, 'Licences').fill('10');
  await kept(page);
  await page.reload();
  await expect(text(page, 'Licences')).toHaveValue('10');
  await next(page, 'Review');
  await expect(page.getByText('Nobody is asked', { exact: false })).toBeVisible();
  await button(page, 'Start trial').dblclick();
  const question = page.getByRole('dialog', { name: 'Set up services now?' });
  await question.getByRole('button', { name: 'Yes', exact: true }).click();
  // Its set-up asks for the own call control, which may be left for later (U1, U2).
  await expect(page.getByRole('heading', { level: 1, name: 'Set-up for Brouwerij de Zon' })).toBeFocused();
  await page.getByRole('link', { name: 'Calling', exact: true }).click();
  await text(page, 'Own call control').fill('Exchange 12, by IT');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Finish', exact: true }).click();
  await page.getByRole('link', { name: 'To the customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Brouwerij de Zon' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Trial', exact: true })).toHaveCount(2);
});

test('a service that is owned cannot be tried on the same account [A2, P7]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Limburg Staal');
  await page.getByRole('link', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Added to' })).toContainText('Messaging, Calling');
  await expect(box(page, 'Calling')).toHaveAccessibleDescription(/is already purchased/);
  await expect(box(page, 'Calling')).toHaveAttribute('aria-disabled', 'true');
  await expect(box(page, 'Meetings')).not.toHaveAttribute('aria-disabled', 'true');
});

test('with provisioning access Add leads to a request, with what is known filled in [A1, X3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Tulip Genomics');
  await expect(title(page)).toContainText('Awaiting provisioning details');
  await expect(page.getByText('With provisioning access this sends a trial request.')).toBeVisible();
  await page.getByRole('link', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Start new trial' })).toBeVisible();
  await expect(text(page, 'Administrator email')).toHaveValue('lab@tulipgenomics.example');
  await expect(text(page, 'Company name')).toHaveValue('Tulip Genomics');
});

test('who may not start a trial sees Add disabled with the reason; a closed organisation says what to do instead [P3, P7, L3]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  await visit(page, 'Brouwerij de Zon');
  await expect(button(page, 'Add')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Add')).toHaveAccessibleDescription(/one cannot start a trial/);
  await signIn(page, ANNA);
  await visit(page, 'Kasteel Vastgoed');
  await expect(button(page, 'Add')).toHaveAccessibleDescription(/Start a new trial\./);
});
