// The people and the settings of a customer's organisation (rules H5, H7).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { ask, stormRuns } from './support/backend';
import { hold } from './support/wire';

const SANNE = 'Sanne Visser';
const JOOST = 'Joost de Boer';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

async function toPeople(page: Page): Promise<void> {
  await page.bringToFront();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeFocused();
  await expect(page.getByText('4 people')).toBeVisible();
}

test('somebody is added, changed and removed by keyboard and mouse, and the focus stays where one is [H5, G4]', async ({ page }) => {
  await signIn(page, SANNE);
  await stormRuns(page);
  await toPeople(page);
  await axe(page, 'people');
  await button(page, 'Add a person').click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(dialog.getByText('A name has 1 to 100 characters', { exact: false })).toBeVisible();
  await expect(dialog.getByText('Fill this in.')).toBeVisible();
  await axe(page, 'add a person');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Noor <b>Smit</b>');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('beheer@brouwerijdezon.example');
  await dialog.getByRole('checkbox', { name: 'Messaging' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('This address belongs to another organisation.', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Email' }).fill(' NOOR@rederijstorm.example ');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Save' }).dblclick();
  await expect(page.getByText('5 people')).toBeFocused();
  const noor = row(page, 'Noor <b>Smit</b>');
  await expect(noor).toContainText('noor@rederijstorm.example');
  await expect(noor).toContainText('Messaging');

  await noor.getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change Noor <b>Smit</b>' });
  await change.getByRole('radio', { name: 'Administrator', exact: true }).check();
  await change.getByRole('checkbox', { name: 'Messaging' }).uncheck();
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(noor).toContainText('no service');
  await expect(noor).toContainText('Administrator');
  await expect(noor.getByRole('button', { name: 'Change' })).toBeFocused();

  await noor.getByRole('button', { name: 'Remove' }).click();
  const remove = page.getByRole('dialog', { name: 'Remove Noor <b>Smit</b>?' });
  await expect(remove).toContainText('loses every access');
  await remove.getByRole('button', { name: 'No', exact: true }).click();
  await expect(noor).toBeVisible();
  await noor.getByRole('button', { name: 'Remove' }).click();
  await remove.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(noor).toHaveCount(0);
  await expect(page.getByText('4 people')).toBeFocused();
});

test('the second of two clicks falls on nothing that lies below a dialog, however soon that is closed [G4, H5]', async ({ page }) => {
  await signIn(page, SANNE);
  await stormRuns(page);
  await toPeople(page);
  const change = row(page, JOOST).getByRole('button', { name: 'Change' });
  await change.click();
  const cancel = page.getByRole('dialog').getByRole('button', { name: 'Never mind' });
  const place = (await cancel.boundingBox())!;
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(change).toBeFocused();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await expect(change).toBeFocused();
  // One that is no second click falls where it points to.
  await page.mouse.down();
  await page.mouse.up();
  await expect(change).not.toBeFocused();
});

test('several people are typed before the list has come, with their services, and outlive a reload [H5, G3]', async ({ page }) => {
  await signIn(page, SANNE);
  await stormRuns(page);
  await toPeople(page);
  const letGo = await hold(page, '/api/v1/hub/people');
  await page.reload();
  await button(page, 'Add several people').click();
  const first = page.getByRole('group', { name: 'Person 1', exact: true });
  await first.getByRole('textbox', { name: 'Email' }).fill('noor@rederijstorm.example');
  await letGo();
  await expect(page.getByText('4 people')).toBeVisible();
  await first.getByRole('checkbox', { name: 'Messaging' }).check();
  await page.reload();
  await letGo();
  await expect(first.getByRole('textbox', { name: 'Email' })).toHaveValue('noor@rederijstorm.example');
  await expect(first.getByRole('checkbox', { name: 'Messaging' })).toBeChecked();
  await first.getByRole('textbox', { name: 'First name' }).fill('Noor');
  await button(page, 'Add these people').click();
  await expect(page.getByText('5 people', { exact: true })).toBeVisible();
  await page.reload();
  await letGo();
  await expect(page.getByText('5 people', { exact: true })).toBeVisible();
  await expect(first).toHaveCount(0);
});

test('people are searched in the address, and come page by page [H5, Q3]', async ({ page }) => {
  await signIn(page, SANNE);
  for (let number = 0; number < 101; number += 1) {
    const person = { name: `Zz ${number}`, email: `zz${number}@rederijstorm.example`, role: 'user', services: [] };
    expect((await ask(page, 'sanne-visser', 'POST', 'hub/people', person)).status).toBe(200);
  }
  await page.goto('/hub/people');
  await expect(page.getByText('100 of 105 people shown')).toBeVisible();
  await button(page, 'Show more').click();
  await expect(page.getByText('105 people', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(105);
  await expect(page.locator('.people > li:focus')).toHaveCount(1);

  await page.getByRole('searchbox', { name: 'Search by name or email' }).fill('TOM');
  await expect(page).toHaveURL(/\/hub\/people\?q=TOM$/);
  await expect(page.getByText('1 person', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('TOM');
  await expect(page.getByText('1 person', { exact: true })).toBeVisible();
  await page.getByRole('searchbox').fill('nobody at all');
  await expect(page.getByText('Nobody matches')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await expect(page.getByText('100 of 105 people shown')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Nobody matches')).toBeVisible();
});

test('the last full administrator stays, and a service without a free licence cannot be given, each with the reason [H5, P7]', async ({ page }) => {
  await signIn(page, SANNE);
  await stormRuns(page);
  const { body: { version } } = await ask(page, 'sanne-visser', 'GET', 'hub/people');
  const lowered = await ask(page, 'sanne-visser', 'PUT', 'hub/people/joost-de-boer', { role: 'user', services: [] }, version);
  expect(lowered.status).toBe(200);
  await toPeople(page);
  const remove = row(page, SANNE).getByRole('button', { name: 'Remove' });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription(/at least one full administrator/);
  // Its reason pushes it neither to another line than Change nor away from where the reason begins.
  const [change, beside, reason] = [row(page, SANNE).getByRole('button', { name: 'Change' }), remove, row(page, SANNE).getByText('this is the last one', { exact: false })];
  const [left, right, below] = [await change.boundingBox(), await beside.boundingBox(), await reason.boundingBox()];
  expect(right!.y).toBe(left!.y);
  expect(below!.x).toBe(right!.x);
  await row(page, SANNE).getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('this is the last one', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('radio')).toHaveCount(0);
  await expect(dialog.getByRole('checkbox', { name: 'Messaging' })).toBeVisible();
});

test('of two administrators who change one person at once, the second sees what the first did and decides anew [H5, G2]', async ({ page, pageOf }) => {
  const joost = await pageOf(JOOST);
  await page.bringToFront();
  await signIn(page, SANNE);
  await stormRuns(page);
  await toPeople(page);
  await row(page, 'Tom Bos').getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change Tom Bos' });
  await dialog.getByRole('checkbox', { name: 'Meetings' }).check();

  await joost.bringToFront();
  await joost.goto('/hub/people');
  await row(joost, 'Tom Bos').getByRole('button', { name: 'Change' }).click();
  await joost.getByRole('dialog').getByRole('radio', { name: 'Administrator', exact: true }).check();
  await joost.getByRole('dialog').getByRole('checkbox', { name: 'Messaging' }).check();
  await joost.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(row(joost, 'Tom Bos')).toContainText('Administrator');

  await page.bringToFront();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Tom Bos was changed by somebody else meanwhile: Administrator, Messaging.', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: 'Meetings' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'User', exact: true })).toBeChecked();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'Tom Bos')).toContainText('Meetings');
  await expect(row(page, 'Tom Bos')).not.toContainText('Messaging');

  // Whoever the other one removed is there no more, and that is said.
  await row(page, 'Tom Bos').getByRole('button', { name: 'Change' }).click();
  const { body: { version } } = await ask(page, 'joost-de-boer', 'GET', 'hub/people');
  expect((await ask(page, 'joost-de-boer', 'DELETE', 'hub/people/tom-bos', null, version)).status).toBe(200);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Tom Bos was removed by somebody else meanwhile.', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(row(page, 'Tom Bos')).toHaveCount(0);
});

test('a change elsewhere in the organisation does not stand in the way of another one [G2, H5]', async ({ page }) => {
  await signIn(page, SANNE);
  await stormRuns(page);
  await toPeople(page);
  await row(page, 'Tom Bos').getByRole('button', { name: 'Change' }).click();
  const person = { name: 'Noor Smit', email: 'noor@rederijstorm.example', role: 'user', services: [] };
  expect((await ask(page, 'joost-de-boer', 'POST', 'hub/people', person)).status).toBe(200);
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Messaging' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'Tom Bos')).toContainText('Messaging');
  await expect(page.getByText('5 people', { exact: true })).toBeVisible();
});

test('an administrator sees the people and the settings and changes neither, with the reason [P5, P7, H5, H7]', async ({ page }) => {
  await signIn(page, 'Kim Jansen');
  await toPeople(page);
  for (const name of ['Add a person', 'Change Tom Bos', 'Remove Tom Bos']) {
    const control = button(page, name);
    await expect(control).toHaveAttribute('aria-disabled', 'true');
    await expect(control).toHaveAccessibleDescription(/full administrator/);
  }
  await axe(page, 'people for an administrator');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Organisation settings' })).toBeFocused();
  await expect(button(page, 'Save')).toHaveAccessibleDescription(/full administrator/);
  await axe(page, 'settings for an administrator');
});

test('the name of the organisation and the language of its mails are set, and the region stays [H7, G2]', async ({ page }) => {
  await signIn(page, SANNE);
  await page.getByRole('link', { name: 'Settings' }).click();
  const name = page.getByRole('textbox', { name: 'Organisation name' });
  await expect(name).toHaveValue('Rederij Storm');
  await expect(page.getByRole('region', { name: 'Data residency region' })).toContainText('It cannot be changed.');
  await axe(page, 'settings');
  await name.fill('  ');
  await button(page, 'Save').click();
  await expect(name).toBeFocused();
  await expect(page.getByText('A name has 1 to 100 characters', { exact: false })).toBeVisible();
  await page.getByRole('combobox', { name: 'Language of its mails' }).selectOption('English');
  await name.fill(' Storm Shipping ');

  // Somebody else was faster.
  const { body: hub } = await ask(page, 'joost-de-boer', 'GET', 'hub');
  const { status } = await ask(page, 'joost-de-boer', 'PUT', 'hub/settings', { name: 'Storm BV', language: 'nl' }, hub.version);
  expect(status).toBe(200);
  await button(page, 'Save').click();
  await expect(page.getByText('Somebody else changed the settings meanwhile: Storm BV, Nederlands.', { exact: false })).toBeVisible();
  await expect(name).toHaveValue(' Storm Shipping ');
  await button(page, 'Save').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Organisation settings' })).toBeFocused();
  await expect(name).toHaveValue('Storm Shipping');
  await expect(page.locator('.top-bar-organisation')).toHaveText('Storm Shipping');
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Language of its mails' })).toHaveValue('en');
});
