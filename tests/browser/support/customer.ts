// A customer's page and what is done on it.
import { expect, type Locator, type Page } from '@playwright/test';
import { row } from './wizard';

/** Opens the page of a customer by its row. */
export async function visit(page: Page, company: string): Promise<void> {
  await page.goto(`/customers?q=${encodeURIComponent(company)}`);
  await row(page, company).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: company, exact: true })).toBeVisible();
}

/** The title of the page, with the status beside it. */
export const title = (page: Page): Locator => page.locator('.customer-title');

/** A command of the trial; of several trials, of the one in front. */
export const command = (page: Page, name: string): Locator => {
  const acts = page.getByRole('group', { name: 'What can be done with this trial' }).first();
  return acts.getByRole('link', { name, exact: true }).or(acts.getByRole('button', { name, exact: true }));
};

/** What a field or control says about itself. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Opens the page of a command and waits for its title. */
export async function open(page: Page, name: string, heading: RegExp): Promise<void> {
  await command(page, name).click();
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused();
}

export const SEE = 'See what it brings';
