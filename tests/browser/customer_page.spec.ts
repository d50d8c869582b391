// The customer's page: what the customer has, who looks after it, its timeline and its journal (rule Q8).
import { readFile } from 'node:fs/promises';
import { axe, expect, signIn, test } from './support';
import { ask, customer, stormRuns } from './support/backend';
import { dialog, visit } from './support/customer';
import { button } from './support/wizard';

const ANNA = 'Anna de Vries';

test('services now are told apart by whether they are owned or tried, with licences and until when [Q8, L2]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Notting Press');
  const services = page.getByRole('region', { name: 'Services now' });
  await expect(services.getByRole('row', { name: /^Messaging Purchased, since .* no end$/ })).toBeVisible();
  await expect(services.getByRole('row', { name: /^Calling In trial 37 .*20 days left$/ })).toBeVisible();
  await axe(page, 'a customer with purchased and tried services');
  await visit(page, 'Molen & Meel');
  await expect(services.getByRole('row', { name: /^Messaging Expired, in the grace period 12 .*30 days of grace left$/ })).toBeVisible();
  await visit(page, 'Kanaal Coöperatie');
  await expect(services).toContainText('None at present.');
});

test('the timeline is drawn with today and the mails on it, and the table says the same [Q8, N15, G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Hafen Hamburg Logistik');
  const band = page.getByRole('img', { name: /^Life of the trial: started / });
  await expect(band).toBeVisible();
  // The welcome mail, the two notices and the end of access; each is drawn for the wide and the narrow page.
  await expect(band.locator('.timeline-wide .timeline-tick')).toHaveCount(4);
  // Its last mark is the day to which the name says that grace lasts.
  const [, closed] = /grace period until (.+)$/.exec(await band.getAttribute('aria-label') ?? '') ?? [];
  await expect(band.locator('.timeline-wide')).toContainText(`${closed}, closed`);
  const dates = page.getByRole('table', { name: 'Dates' });
  await expect(dates.getByRole('row', { name: /Mail: Welcome mail with sign-in directions, .*\(sent\)/ })).toHaveCount(1);
  await expect(dates.getByRole('row', { name: /Mail: The trial ends soon, .*\(planned\)/ })).toHaveCount(2);
  await expect(dates.getByRole('row', { name: /Desk phone: back by this day/ })).toBeVisible();
  await visit(page, 'Polder Drones');
  await expect(page.getByRole('img', { name: /^Life of the trial: started .*, over since / })).toBeVisible();
});

test('the journal is filtered, shows before and after, and is downloaded by whoever may [Q8, L10, P2, P7]', async ({ page }) => {
  await signIn(page, ANNA);
  const known = await customer(page, 'anna-de-vries', 'Brouwerij de Zon');
  const trial = known.trials[0].trial.id;
  const act = { extend: { days: 60, confirmed: false } };
  const { body: preview } = await ask(page, 'anna-de-vries', 'POST', `trials/${trial}/acts/preview`, { act });
  expect((await ask(page, 'anna-de-vries', 'POST', `trials/${trial}/acts`, { act, digest: preview.digest }, preview.version)).status).toBe(200);
  await visit(page, 'Brouwerij de Zon');
  const journal = page.getByRole('region', { name: 'Journal' });
  await expect(journal.getByRole('listitem').first()).toContainText('End of the trial moved');
  await expect(journal.getByRole('listitem').first()).toContainText('By Anna de Vries');
  await expect(journal.getByRole('listitem').first()).toContainText(/The end moves from .* 36 days later\./);
  await expect(journal.getByRole('listitem').filter({ hasText: 'Trial started' })).toHaveCount(1);
  await expect(journal.getByRole('listitem').filter({ hasText: 'Service provisioned' }).first()).toContainText(/: waiting becomes ready/);
  await journal.getByRole('combobox', { name: 'What was done' }).selectOption('End of the trial moved');
  await expect(journal.getByRole('listitem')).toHaveCount(1);
  const saving = page.waitForEvent('download');
  await journal.getByRole('button', { name: 'Download as CSV' }).click();
  const text = await readFile(await (await saving).path(), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(2);
  expect(text).toContain('End of the trial moved');

  await signIn(page, 'Piet Janssen');
  await visit(page, 'Brouwerij de Zon');
  await expect(journal.getByRole('listitem').first()).toBeVisible();
  await expect(journal.getByRole('button', { name: 'Download as CSV' })).toHaveAttribute('aria-disabled', 'true');
  await expect(journal.getByRole('button', { name: 'Download as CSV' })).toHaveAccessibleDescription(/cannot download/);
});

test('people of a file are one entry of the journal: how many, the first with what they have, the others on demand [L10, U2]', async ({ page }) => {
  await signIn(page, ANNA);
  const trial = await stormRuns(page, ['messaging', 'meetings'], true);
  const file = Array.from({ length: 1_000 }, (_, at) => `p${at}@rederijstorm.example,Person,${at},${at === 0 ? 'messaging meetings' : ''}`).join('\n');
  const { status, body } = await ask(page, 'anna-de-vries', 'POST', `setup/${trial}/people`, { file });
  expect([status, body.taken]).toEqual([200, 1_000]);
  await visit(page, 'Rederij Storm');
  const entry = page.getByRole('region', { name: 'Journal' }).getByRole('listitem').filter({ hasText: '1,000 people were added' });
  await expect(entry).toContainText('Person 0 (p0@rederijstorm.example): User, Messaging, Meetings');
  await expect(entry.getByText('Person 4 (', { exact: false })).toBeVisible();
  await expect(entry.getByText('Person 5 (', { exact: false })).toBeHidden();
  expect((await entry.boundingBox())!.height).toBeLessThan(500);
  await entry.getByText('And 995 more', { exact: true }).click();
  await expect(entry.getByText('Person 999 (', { exact: false })).toBeVisible();
});

test('a sales full administrator says who looks after a customer, and the journal names them; nobody else does [P9, P7, L10]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Limburg Staal');
  const people = page.getByRole('region', { name: 'People in charge' });
  await expect(people).toContainText('Unassigned');
  await people.getByRole('button', { name: 'Assign' }).click();
  await axe(page, 'assign');
  await dialog(page).getByRole('combobox', { name: 'In charge' }).selectOption('Mehmet Bakker');
  await expect(dialog(page).getByRole('checkbox', { name: 'Mehmet Bakker' })).toHaveCount(0);
  await dialog(page).getByRole('checkbox', { name: 'Anna de Vries' }).check();
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).dblclick();
  await expect(page.getByText('Who looks after Limburg Staal was saved.')).toBeVisible();
  await expect(people).toContainText('Mehmet Bakker');
  await expect(people).toContainText('Anna de Vries');
  const noted = page.getByRole('region', { name: 'Journal' }).getByRole('listitem').first();
  await expect(noted).toContainText('in charge: Mehmet Bakker; also assigned: Anna de Vries');

  await signIn(page, 'Mehmet Bakker');
  await visit(page, 'Limburg Staal');
  await expect(button(page, 'Assign')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Assign')).toHaveAccessibleDescription(/Only a sales full administrator/);
});

test('two assign at once: the second is told whom the first named, and keeps what was chosen [P9, G2, G3]', async ({ pageOf }) => {
  const one = await pageOf(ANNA);
  await visit(one, 'Brouwerij de Zon');
  await one.getByRole('region', { name: 'People in charge' }).getByRole('button', { name: 'Assign' }).click();
  await dialog(one).getByRole('combobox', { name: 'In charge' }).selectOption('Unassigned');
  const known = await customer(one, 'anna-de-vries', 'Brouwerij de Zon');
  const assignment = { 'in-charge': 'mehmet-bakker', assigned: [] };
  const done = await ask(one, 'anna-de-vries', 'PUT', `customers/${known.id}/assignment`, { assignment }, known.version);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  await dialog(one).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog(one).getByText(/In charge there: Mehmet Bakker/)).toBeVisible();
  await expect(dialog(one).getByRole('combobox', { name: 'In charge' })).toHaveValue('');
  await dialog(one).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(one.getByRole('region', { name: 'People in charge' })).toContainText('Unassigned');
});

test('in grace the page says what will be lost and when, and conversion stays possible [L9, L2, L3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Helsinki Game Works');
  await expect(page.getByText(/^The trial has ended\. On .* \(UTC\), in 21 days, it closes, and this is lost for good:$/)).toBeVisible();
  await expect(page.getByText('Services: Messaging, Meetings, Calling')).toBeVisible();
  await expect(page.getByText('The Meetings site helsinki-games.webex.com')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Convert', exact: true })).toBeVisible();
  await axe(page, 'a customer in grace');
});
