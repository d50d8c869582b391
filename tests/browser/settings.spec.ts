// What a deployment sets in config.json, read at start (G8).
import { expect, signIn, test } from './support';
import { box, fillCustomer, next, startTrial, text } from './support/wizard';
import type { BrowserContext, Page } from '@playwright/test';

const LIST = /list of supported locations/;

/** Answers config.json with other settings, to the page and to the service worker. */
async function deployed(context: BrowserContext, settings: Record<string, string>): Promise<void> {
  await context.route('**/config.json', route => route.fulfill({ json: { backend: 'embedded', settings } }));
}

async function toDevices(page: Page): Promise<void> {
  await startTrial(page);
  await fillCustomer(page, { company: 'Set Up Ltd', email: 'it@set-up.example' });
  await next(page, 'Trial services');
  await box(page, 'Meetings').check();
  await box(page, 'Enterprise edition').check();
  await box(page, 'Devices').check();
  await text(page, 'Licences').fill('5');
  await text(page, 'Desk phone').fill('1');
  await next(page, 'Meetings site');
}

test('settings of the deployment are shown where they help [G8, N6, N12, D5]', { tag: '@embedded' }, async ({ page, context }) => {
  await deployed(context, {
    'site-domain': 'meet.example', 'supported-locations-url': 'https://vendor.example/locations', 'trials-team-email': 'devices@vendor.example',
  });
  await signIn(page, 'Anna de Vries');
  await startTrial(page);
  const link = page.getByRole('link', { name: LIST });
  await expect(link).toHaveAttribute('href', 'https://vendor.example/locations');
  await expect(link).toHaveAttribute('target', '_blank');
  await toDevices(page);
  await text(page, 'Meetings site URL').fill('set-up');
  await expect(page.getByText('set-up.meet.example is free.')).toBeVisible();
  await next(page, 'Ship devices');
  await text(page, 'Desk phone to ship').fill('1');
  await expect(page.getByText('devices@vendor.example')).toBeVisible();
});

test('an empty setting is not shown, and only the site domain has a default [G8, N12]', { tag: '@embedded' }, async ({ page, context }) => {
  await deployed(context, {});
  await signIn(page, 'Anna de Vries');
  await startTrial(page);
  await expect(box(page, 'The customer is in a supported location')).toBeVisible();
  await expect(page.getByRole('link', { name: LIST })).toHaveCount(0);
  await toDevices(page);
  await text(page, 'Meetings site URL').fill('set-up');
  await expect(page.getByText('set-up.webex.com is free.')).toBeVisible();
  await next(page, 'Ship devices');
  await text(page, 'Desk phone to ship').fill('1');
  await expect(page.getByText('Phones come without power supply.')).toBeVisible();
  await expect(page.getByText('the trials team helps')).toHaveCount(0);
});
