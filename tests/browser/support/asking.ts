// The wizard where an existing organisation is asked.
import { expect, type Page } from '@playwright/test';
import { ATTESTATION, box, button, fillCustomer, heading, next, startTrial, text } from './wizard';

/** Of another partner, with a request of its own: nothing there is in the way. */
export const LOFOTEN = { company: 'Lofoten Reizen', email: 'POST@lofotenadventures.example' };

/** Its own name, by which it is called once it was confirmed (rule X2). */
export const LOFOTEN_NAME = 'Lofoten Adventures';

/** Fills in the first step and leads to *Confirm organisation*. */
export async function toConfirm(page: Page, customer: { company: string; email: string }): Promise<void> {
  await startTrial(page);
  const anew = button(page, 'Start a new one');
  await expect(anew.or(text(page, 'Company name'))).toBeVisible();
  if (await anew.isVisible()) await anew.click();
  await fillCustomer(page, customer);
  await next(page, 'Confirm organisation');
  await expect(page.getByText('Is it the one you mean?')).toBeVisible();
}

/** Confirms the organisation and chooses the least that can be asked for. */
export async function toServices(page: Page, customer: { company: string; email: string }): Promise<void> {
  await toConfirm(page, customer);
  await box(page, ATTESTATION).check();
  await next(page, 'Trial services');
}

export async function toReview(page: Page, customer: { company: string; email: string }, service = 'Messaging'): Promise<void> {
  await toServices(page, customer);
  await box(page, service).check();
  await text(page, 'Licences').fill('10');
  await next(page, 'Review');
  await expect(button(page, 'Send trial request')).toBeVisible();
}

/** Sends from Review; the customer's page follows. */
export async function send(page: Page, company: string): Promise<void> {
  await button(page, 'Send trial request').click();
  await expect(page.getByRole('heading', { level: 1, name: company, exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Trial request', exact: true })).toBeVisible();
}

export { heading };
