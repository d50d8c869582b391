// The set-up of a trial, as both sides walk it (rule U).
import { expect, type Locator, type Page } from '@playwright/test';
import { accepted, answer, ask, customer } from './backend';

export const STORM = 'Rederij Storm';

/** What Noordzee Telecom asked of Rederij Storm is accepted, and awaits its set-up. The trial's id. */
export async function stormAwaits(page: Page, full = true): Promise<string> {
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', STORM, 'trial-pending');
  await answer(page, 'joost-de-boer', trial.id, accepted(['messaging', 'meetings'], full));
  return trial.id;
}

/** Fjord Communications asks Rederij Storm for a site and cloud calling, which is accepted. The trial's id. */
export async function fjordAsks(page: Page): Promise<string> {
  const look = await ask(page, 'ingrid-solberg', 'POST', 'organisation-lookups', { 'administrator-email': 'ict@rederijstorm.example' });
  const draft = {
    'company-name': 'Storm', 'administrator-email': 'ict@rederijstorm.example', vertical: 'transportation-and-logistics', country: 'NL',
    'supported-location': true, 'attested-in': 'en', services: ['meetings', 'calling'], 'meetings-options': ['enterprise'],
    calling: 'cloud', locations: '2', 'numbered-users': '3', licences: '5', 'site-name': 'storm-asked', 'time-zone': 'Europe/Amsterdam',
  };
  const target = { ask: { organisation: look.body.existing.organisation, full_access: true, words: '' } };
  const { body: preview } = await ask(page, 'ingrid-solberg', 'POST', 'trials/preview', { 'draft-id': 'fjord-asks', draft, target });
  expect(preview.digest, JSON.stringify(preview)).toBeDefined();
  const save = { 'draft-id': 'fjord-asks', draft, target, digest: preview.digest, language: 'en' };
  const { status, body } = await ask(page, 'ingrid-solberg', 'POST', 'trials', save);
  expect(status, JSON.stringify(body)).toBe(200);
  await answer(page, 'sanne-visser', body.trial, accepted(['meetings', 'calling'], true));
  return body.trial;
}

/** Opens a step of a set-up by its address. */
export async function openStep(page: Page, trial: string, step: string, heading: string): Promise<void> {
  await page.goto(`/set-up/${trial}/${step}`);
  await expect(page.getByRole('heading', { level: 2, name: heading, exact: true })).toBeVisible();
}

/** A step in the list of steps. */
export const step = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Steps of the set-up' }).getByRole('listitem').filter({ hasText: name });

/** Everything that was typed is kept. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

/** Finishes as it is previewed. */
export async function finish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Finish set-up', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Finish the set-up for / });
  await dialog.getByRole('button', { name: 'Finish set-up', exact: true }).click();
  await expect(dialog).toBeHidden();
}
