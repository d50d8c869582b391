// Edit: services, options, licences and devices of a running trial (rules E4, E5, E6).
import { axe, expect, signIn, test } from './support';
import { ask, customer, forward, stormRuns } from './support/backend';
import { SEE, dialog, open, visit } from './support/customer';
import { box, button, text } from './support/wizard';

const ANNA = 'Anna de Vries';
const HEADING = /^Edit the trial for/;

test('a service is added and licences are raised; the preview says what is new and what goes [E4, E5, E6]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await open(page, 'Edit', HEADING);
  await expect(box(page, 'Messaging')).toBeChecked();
  await expect(box(page, 'Calling')).not.toBeChecked();
  await expect(text(page, 'Licences')).toHaveValue('40');
  await axe(page, 'edit');
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/This would leave everything as it is\./)).toBeVisible();
  // Nothing has happened, so the page is not loaded anew under what is typed next.
  const loaded: string[] = [];
  page.on('request', request => {
    if (request.method() === 'GET' && /\/api\/v1\/customers\/[^/]+$/.test(request.url())) loaded.push(request.url());
  });
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();

  await box(page, 'Calling').check();
  await page.getByRole('radio', { name: 'Hybrid call service' }).check();
  await text(page, 'Licences').fill('x');
  await button(page, SEE).click();
  await expect(text(page, 'Licences')).toBeFocused();
  await expect(text(page, 'Licences')).toHaveAttribute('aria-invalid', 'true');
  expect(loaded).toEqual([]);
  await text(page, 'Licences').fill('50');
  await button(page, SEE).click();
  await expect(dialog(page).getByText('Calling (Hybrid call service), 50 licences')).toBeVisible();
  await expect(dialog(page).getByText('Messaging, 40 licences')).toBeVisible();
  await axe(page, 'what editing brings');
  await dialog(page).getByRole('button', { name: 'Save changes', exact: true }).dblclick();
  await expect(page.getByText('The trial for Brouwerij de Zon was changed.')).toBeVisible();
  await expect(page.getByText('50 licences').first()).toBeVisible();
});

test('fewer licences than are assigned stand with their count on the partner’s page, and nobody loses one [E5, Q8]', async ({ page }) => {
  await signIn(page, ANNA);
  await stormRuns(page);
  for (const name of ['Noor', 'Pim']) {
    const person = { name, email: `${name.toLowerCase()}@rederijstorm.example`, role: 'user', services: ['messaging'] };
    expect((await ask(page, 'sanne-visser', 'POST', 'hub/people', person)).status).toBe(200);
  }
  await visit(page, 'Rederij Storm');
  await open(page, 'Edit', HEADING);
  await text(page, 'Licences').fill('1');
  await button(page, SEE).click();
  await dialog(page).getByRole('checkbox').check();
  await dialog(page).getByRole('button', { name: 'Save changes', exact: true }).click();
  await expect(page.getByText('The trial for Rederij Storm was changed.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Services now' }).getByRole('row', { name: /^Messaging/ })).toContainText('2 of 1');
  const { body: { people } } = await ask(page, 'sanne-visser', 'GET', 'hub/people?q=@rederijstorm.example');
  expect((people as { services: string[] }[]).filter(person => person.services.includes('messaging')).length).toBeGreaterThanOrEqual(2);
});

test('removing a service names what is lost; removing the last one points to Cancel trial [E4, L9]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Lumière Médicale');
  await open(page, 'Edit', HEADING);
  await box(page, 'Calling').uncheck();
  await button(page, SEE).click();
  await expect(dialog(page).getByText('This is lost')).toBeVisible();
  await expect(dialog(page).getByText('Services: Calling')).toBeVisible();
  await expect(dialog(page).getByText(/^The trial was reduced/).first()).toBeVisible();
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await expect(button(page, SEE)).toBeFocused();
  for (const service of ['Messaging', 'Meetings']) await box(page, service).uncheck();
  await button(page, SEE).click();
  await expect(page.getByRole('group', { name: 'Trial services' })).toHaveAccessibleDescription(/./);
});

test('a service that is in another trial cannot be added, and says why and until when [X4, N11, P7]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Twin Peaks Outdoors');
  const acts = page.getByRole('group', { name: 'What can be done with this trial' });
  await acts.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: HEADING })).toBeVisible();
  await expect(box(page, 'Calling')).toHaveAttribute('aria-disabled', 'true');
  await expect(box(page, 'Calling')).toHaveAccessibleDescription(/is in another trial of the same partner/);
});

test('two people edit the same trial: the second is told, and keeps what was typed [E6, G2, G3]', async ({ pageOf }) => {
  const anna = await pageOf(ANNA);
  const mehmet = await pageOf('Mehmet Bakker');
  for (const page of [anna, mehmet]) {
    await visit(page, 'Dutch Orchard Export');
    await open(page, 'Edit', HEADING);
  }
  await text(mehmet, 'Licences').fill('60');
  await button(mehmet, SEE).click();
  await expect(dialog(mehmet).getByText('Messaging, 60 licences')).toBeVisible();

  await anna.bringToFront();
  await box(anna, 'Calling').check();
  await anna.getByRole('radio', { name: 'Hybrid call service' }).check();
  await button(anna, SEE).click();
  await dialog(anna).getByRole('button', { name: 'Save changes', exact: true }).click();
  await expect(anna.getByText('The trial for Dutch Orchard Export was changed.')).toBeVisible();

  await mehmet.bringToFront();
  await dialog(mehmet).getByRole('button', { name: 'Save changes', exact: true }).click();
  await expect(dialog(mehmet).getByText(/Something here was changed since this was shown\./)).toBeVisible();
  await expect(dialog(mehmet).getByText('Somebody changed this trial since you opened this page.', { exact: false })).toBeVisible();
  await expect(dialog(mehmet).getByText('Services: Calling')).toBeVisible();
  await axe(mehmet, 'both versions of an edit');
  await dialog(mehmet).getByRole('button', { name: 'No', exact: true }).click();
  await expect(text(mehmet, 'Licences')).toHaveValue('60');
  // Nothing was saved by it.
  const { trials: [{ trial }] } = await customer(anna, 'anna-de-vries', 'Dutch Orchard Export');
  expect(trial.offer.calling).not.toBeNull();
  expect(trial.offer.licences).toBe(31);
});

test('it expired while the edit page was open: nothing is saved, and conversion is offered [E2, E4, E6, L12]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Sterrenwacht Academie');
  const { trials: [{ trial: before }] } = await customer(page, 'anna-de-vries', 'Sterrenwacht Academie');
  await open(page, 'Edit', HEADING);
  await text(page, 'Licences').fill(`${before.offer.licences + 1}`);
  await button(page, SEE).click();
  await expect(dialog(page).getByRole('button', { name: 'Save changes', exact: true })).toBeVisible();
  await forward(page, 1);
  await dialog(page).getByRole('button', { name: 'Save changes', exact: true }).click();
  await expect(dialog(page).getByText(/The trial has expired and is in its grace period\./)).toBeVisible();
  await expect(dialog(page).getByText(/It can be converted to a paid order\./)).toBeVisible();
  await axe(page, 'an edit that came too late');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText(/The trial has expired and is in its grace period\./)).toBeVisible();
  const { trials: [{ trial: after }] } = await customer(page, 'anna-de-vries', 'Sterrenwacht Academie');
  expect(after.offer).toEqual(before.offer);
  await page.getByRole('link', { name: 'Convert', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Convert the trial for Sterrenwacht Academie' })).toBeVisible();
});

test('Enterprise edition asks for the site, devices ask what to ship; what a type shipped before is not asked again [E4, N12, N14, D4]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await open(page, 'Edit', HEADING);
  await box(page, 'Enterprise edition').check();
  await text(page, 'Meetings site URL').fill('de-zon-proeft');
  await expect(page.getByText('de-zon-proeft.webex.com is free.')).toBeVisible();
  await box(page, 'Devices').check();
  await text(page, 'Desk phone').fill('2');
  await text(page, 'Desk phone to ship').fill('0');
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/de-zon-proeft\.webex\.com/)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Save changes', exact: true }).click();
  await expect(page.getByText('The trial for Brouwerij de Zon was changed.')).toBeVisible();
  await open(page, 'Edit', HEADING);
  await expect(page.getByText('The trial keeps the site that it has.')).toBeVisible();

  await visit(page, 'Studio Nul Een');
  await open(page, 'Edit', HEADING);
  await expect(page.getByText(/^Ordered already: /)).toBeVisible();
});

test('what is typed stays when the page is drawn anew, after Back, after a reload and with the next day [G3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await open(page, 'Edit', HEADING);
  await text(page, 'Licences').fill('77');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Brouwerij de Zon' })).toBeVisible();
  await page.goForward();
  await expect(text(page, 'Licences')).toHaveValue('77');
  await page.reload();
  await expect(text(page, 'Licences')).toHaveValue('77');
  expect((await ask(page, 'anna-de-vries', 'POST', 'clock', { days: 1 })).status).toBe(200);
  await button(page, 'Start over').click();
  await expect(text(page, 'Licences')).toHaveValue('40');
});
