// The wizard as a partner walks it: each function fills in one step and stays on it.
import { expect, type Locator, type Page } from '@playwright/test';

export interface Customer {
  company: string;
  email: string;
  vertical?: string;
  country?: string;
}

/** A field by its exact English name. */
export const text = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
export const choice = (page: Page, name: string): Locator => page.getByRole('combobox', { name, exact: true });
export const box = (page: Page, name: string): Locator => page.getByRole('checkbox', { name, exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

export const COUNTRY = 'Country for determining data residency region';
export const ATTESTATION = 'The customer is in a supported location';

/** Opens the wizard from the Customers tab. */
export async function startTrial(page: Page): Promise<void> {
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Start trial', exact: true }).or(button(page, 'Start trial')).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Start new trial' })).toBeVisible();
}

/** Chooses a country by typing, as in every searchable list of the console. */
export async function chooseCountry(page: Page, country: string, field = COUNTRY): Promise<void> {
  await choice(page, field).fill(country);
  await page.getByRole('option', { name: country }).first().click();
  await expect(choice(page, field)).toHaveValue(country);
}

export async function fillCustomer(page: Page, customer: Customer): Promise<void> {
  await text(page, 'Company name').fill(customer.company);
  await text(page, 'Administrator email').fill(customer.email);
  await choice(page, 'Business vertical').selectOption(customer.vertical ?? 'Other');
  await chooseCountry(page, customer.country ?? 'Netherlands');
  await box(page, ATTESTATION).check();
}

export async function next(page: Page, step: string): Promise<void> {
  await button(page, 'Next').click();
  await expect(heading(page, step)).toBeVisible();
}

/** The heading of a step, which has the focus when one arrives. */
export const heading = (page: Page, step: string): Locator => page.getByRole('heading', { level: 2, name: step, exact: true });

/** The least that can be saved, up to Review. */
export async function shortestToReview(page: Page, customer: Customer): Promise<void> {
  await fillCustomer(page, customer);
  await next(page, 'Trial services');
  await box(page, 'Messaging').check();
  await text(page, 'Licences').fill('10');
  await next(page, 'Review');
}

/** Saves from Review and answers the question that follows. */
export async function save(page: Page, setUp: 'Yes' | 'No'): Promise<void> {
  await button(page, 'Save').click();
  const question = page.getByRole('dialog', { name: 'Set up services now?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: setUp, exact: true }).click();
}

/** The row of a company in the Customers tab. */
export const row = (page: Page, company: string): Locator => page.getByRole('row').filter({ hasText: company });

/** What the draft's keeping says when everything typed is kept. */
export async function kept(page: Page): Promise<void> {
  await expect(page.getByText('Draft saved', { exact: true })).toBeVisible();
}
