// A trial from its start to the release of its numbers, walked by the clock of the demonstration and
// seen from both sides (rules G6, L1 to L5, L3).
import type { Page } from '@playwright/test';
import { expect, test } from './support';
import { command, title, visit } from './support/customer';
import { box, fillCustomer, next, row, save, startTrial, text } from './support/wizard';

const COMPANY = 'Walk Along';
const EMAIL = 'it@walkalong.example';

/** Sets the clock forward by its menu; `total` days ahead of today is what the banner then says. */
async function forward(page: Page, days: number, total: number): Promise<void> {
  await page.bringToFront();
  await page.getByRole('button', { name: /^Demonstration/ }).click();
  await page.getByRole('button', { name: days === 1 ? '1 day' : `${days} days`, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: `The clock is ${total} days ahead` })).toBeVisible({ timeout: 30_000 });
}

/** The mail of a subject plays its recipient. */
async function openMail(page: Page, subject: RegExp): Promise<void> {
  await page.bringToFront();
  const mail = page.getByRole('listitem').filter({ hasText: EMAIL }).getByRole('link', { name: subject }).first();
  // A mail is handed over a moment after what it tells of, and the list is as it was when it was opened.
  await expect(async () => {
    await page.goto('/mailbox');
    await page.getByRole('searchbox', { name: 'Search in subject and address' }).fill(EMAIL);
    await expect(mail).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await mail.click();
  await page.getByRole('button', { name: /^Open as / }).click();
  await expect(page).not.toHaveURL(/\/mailbox/);
}

/** What the partner sees in the list and on the customer's page. */
async function partnerSees(page: Page, status: string, left: string | null): Promise<void> {
  await page.bringToFront();
  await page.goto(`/customers?q=${encodeURIComponent(COMPANY)}`);
  await expect(row(page, COMPANY)).toContainText(status);
  if (left !== null) await expect(row(page, COMPANY)).toContainText(left);
  await visit(page, COMPANY);
  await expect(title(page)).toContainText(status);
  if (left !== null) await expect(page.getByRole('region', { name: 'Services now' })).toContainText(left);
}

/** What the customer's administrator sees among the subscriptions. */
async function customerSees(page: Page, status: string, left: string): Promise<void> {
  await page.bringToFront();
  await page.goto('/hub/subscriptions');
  const card = page.getByRole('region', { name: 'Calling', exact: true });
  await expect(card).toContainText(status);
  await expect(card).toContainText(left);
}

test('a trial is walked from its start to its closing and the release of its numbers, and both sides see every step [G6, L1, L2, L3, L4, L5, L9, N16, N17]', async ({ pageOf }) => {
  test.setTimeout(180_000);
  const partner = await pageOf('Anna de Vries');
  await startTrial(partner);
  await fillCustomer(partner, { company: COMPANY, email: EMAIL, country: 'Ireland' });
  await next(partner, 'Trial services');
  await box(partner, 'Calling').check();
  await partner.getByRole('radio', { name: 'Cloud calling', exact: true }).check();
  await text(partner, 'Locations').fill('1');
  await text(partner, 'Users to be numbered').fill('5');
  await text(partner, 'Licences').fill('10');
  await next(partner, 'Review');
  await save(partner, 'No');

  // It starts: the first administrator is welcomed and signs in by that mail.
  const customer = await pageOf('Sanne Visser');
  await openMail(customer, /^Welcome: your trial/);
  await expect(customer.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(customer.getByText('leads to no page', { exact: false })).toHaveCount(0);
  // Whom only an address is known of goes by it.
  await expect(customer.getByRole('button', { name: new RegExp(`^${EMAIL}, `) })).toBeVisible();
  await partnerSees(partner, 'Active', '30 days left');
  await customerSees(customer, 'Active', '30 days left');

  // E - 7: both are told that it ends soon.
  let total = 0;
  for (const days of [7, 7, 7, 1, 1]) await forward(partner, days, total += days);
  await partnerSees(partner, 'Expiring soon', '7 days left');
  await expect(partner.getByRole('region', { name: 'Mails' }).getByText('The trial ends soon')).toBeVisible();
  await openMail(customer, /^Your trial ends in 7 days, on /);
  await customerSees(customer, 'Expiring soon', '7 days left');

  // E: grace begins; what it brings is converted or bought now, or lost.
  await forward(partner, 7, total += 7);
  await partnerSees(partner, 'Expired', '30 days of grace left');
  await expect(command(partner, 'Extend')).toHaveAttribute('aria-disabled', 'true');
  await expect(command(partner, 'Convert')).toHaveAttribute('href', /convert$/);
  const release = partner.getByRole('table', { name: 'Dates' }).getByRole('row').filter({ hasText: 'Phone numbers released' });
  const day = await release.getByRole('cell').first().innerText();
  await openMail(customer, /^Your trial ended on /);
  await customerSees(customer, 'Expired', '30 days of grace left');
  await customer.getByRole('link', { name: 'What will be lost, and when' }).click();
  const lost = customer.getByRole('table', { name: 'What ends with the trial' });
  await expect(lost.getByRole('row').filter({ hasText: 'Phone numbers' })).toContainText('7');
  await expect(lost.getByRole('row').filter({ hasText: 'Phone numbers' })).toContainText(day);

  // The last day of grace, and the closing: with its only trial the organisation closes as well.
  for (const days of [7, 7, 7, 7, 1]) await forward(partner, days, total += days);
  await partnerSees(partner, 'Expired', '1 day of grace left');
  await customerSees(customer, 'Expired', '1 day of grace left');
  await forward(partner, 1, total += 1);
  await partnerSees(partner, 'Closed', null);
  await expect(command(partner, 'Convert')).toHaveAttribute('aria-disabled', 'true');
  await customer.bringToFront();
  await customer.getByRole('link', { name: 'People', exact: true }).click();
  await expect(customer, 'nobody is its administrator any more').toHaveURL(/\/sign-in/);
  await expect(customer.getByText('Your session is over.', { exact: false })).toBeVisible();

  // Its numbers were kept for 15 days more.
  const journal = partner.getByRole('region', { name: 'Journal' });
  for (const days of [7, 7]) await forward(partner, days, total += days);
  await partnerSees(partner, 'Closed', null);
  await expect(journal.getByRole('listitem').filter({ hasText: 'Phone numbers released' })).toHaveCount(0);
  await forward(partner, 1, total += 1);
  await partnerSees(partner, 'Closed', null);
  await expect(journal.getByRole('listitem').filter({ hasText: 'Phone numbers released' })).toHaveCount(1);
  await expect(release).toContainText('today');
  await expect(release).toContainText(day);
});
