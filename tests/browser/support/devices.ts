// Devices on loan, with everybody who has to do with them (rules D).
import { expect, type Page } from '@playwright/test';
import { ask, customer, stormRuns } from './backend';

export const ANNA = 'Anna de Vries';
export const RUTH = 'Ruth Okafor';
export const SANNE = 'Sanne Visser';
export const STORM = 'Rederij Storm';

/** Does something with a shipment over the API, previewed and carried out as it was previewed. */
export async function ship(page: Page, person: string, id: string, act: unknown): Promise<void> {
  const { body: preview, status } = await ask(page, person, 'POST', `shipments/${id}/acts/preview`, { act, digest: '' });
  expect(status, JSON.stringify(preview)).toBe(200);
  const done = await ask(page, person, 'POST', `shipments/${id}/acts`, { act, digest: preview.digest }, preview.version);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
}

export const sent = { send: { serials: ['FTX1', 'FTX2'], demo_order_number: 'DEMO-1', end: null } };
export const keepLonger = (days: number, reason: string) => ({ 'ask-extension': { days, reason } });

export interface Lent {
  customer: string;
  trial: string;
  /** The shipment of two desk phones. */
  shipment: string;
}

/** Lets Noordzee Telecom manage Rederij Storm with full administrator access, and lends it two desk phones, and more of other types. */
export async function lend(page: Page, country = 'US', more: Record<string, string> = {}): Promise<Lent> {
  await stormRuns(page, ['messaging', 'meetings'], true);
  const storm = await customer(page, 'anna-de-vries', STORM);
  const draft = {
    'services': ['devices'], 'device-licences': { 'desk-phone': '2', ...more }, 'ship': { 'desk-phone': '2', ...more },
    'ship-to': { 'contact-name': 'Sanne Visser', 'company': STORM, 'street': '1 Harbor Street', 'postal-code': '02110', 'city': 'Boston, MA', country, 'phone': '+1 617 555 0100' },
    'supported-location': true, 'attested-in': 'en',
  };
  const target = { add: { customer: storm.id } };
  const { body: preview } = await ask(page, 'anna-de-vries', 'POST', 'trials/preview', { draft, target });
  expect(preview.digest, JSON.stringify(preview)).toBeDefined();
  const save = { 'draft-id': 'lends-devices', draft, target, 'digest': preview.digest, 'language': 'en' };
  const { status, body } = await ask(page, 'anna-de-vries', 'POST', 'trials', save);
  expect(status, JSON.stringify(body)).toBe(200);
  return { customer: storm.id, trial: body.trial, shipment: `${body.trial}.desk-phone` };
}
