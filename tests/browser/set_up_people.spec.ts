// People by hand and from a file, in the set-up and among the people of the hub (rules U1, U2, H5).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { ask, stormRuns } from './support/backend';
import { openStep, saved, stormAwaits } from './support/set_up';
import { button, text } from './support/wizard';

const HEADS = 'email;first name;last name;services';

const file = (page: Page) => page.getByLabel('File', { exact: true });
const lines = (page: Page) => text(page, 'Lines');
const result = (page: Page) => page.locator('#taking-result');

async function fromFile(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'From a file', exact: true }).check();
  await expect(file(page)).toBeVisible();
}

async function give(page: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  await file(page).setInputFiles({ name, mimeType: 'text/csv', buffer });
}

/** The words about a line of the file. */
const about = (page: Page, line: number) =>
  result(page).getByRole('row').filter({ has: page.getByRole('cell', { name: `${line}`, exact: true }) });

test('people are typed by hand in a set-up, each problem at its place, and who cannot be added stays typed [U1, U2, G3]', async ({ page, pageOf }) => {
  const kim = await pageOf('Kim Jansen');
  await page.bringToFront();
  await signIn(page, 'Anna de Vries');
  const trial = await stormAwaits(page);
  await openStep(page, trial, 'people', 'People');
  const first = page.getByRole('group', { name: 'Person 1', exact: true });
  const second = page.getByRole('group', { name: 'Person 2', exact: true });
  await expect(button(page, 'Add these people')).toHaveAttribute('aria-disabled', 'true');
  await first.getByRole('textbox', { name: 'Email' }).fill('noor@rederijstorm');
  await saved(page);
  // The other side finds the row, and goes on with it (U3).
  await openStep(kim, trial, 'people', 'People');
  await expect(kim.getByRole('textbox', { name: 'Email' })).toHaveValue('noor@rederijstorm');
  await button(page, 'Another person').click();
  await expect(second.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await second.getByRole('textbox', { name: 'Email' }).fill('beheer@brouwerijdezon.example');
  await second.getByRole('textbox', { name: 'First name' }).fill('Bas');
  await button(page, 'Add these people').click();
  await expect(first.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await expect(first.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/not one email address/);
  await axe(page, 'rows with problems');
  await first.getByRole('textbox', { name: 'Email' }).fill('noor@rederijstorm.example');
  await first.getByRole('textbox', { name: 'First name' }).fill('Noor');
  await first.getByRole('checkbox', { name: 'Messaging' }).check();
  await button(page, 'Add these people').dblclick();
  await expect(result(page)).toContainText('1 person was added.');
  await expect(result(page).getByRole('row').filter({ hasText: 'beheer@brouwerijdezon.example' })).toContainText('This address belongs to another organisation.');
  await expect(first.getByRole('textbox', { name: 'Email' })).toHaveValue('beheer@brouwerijdezon.example');
  await expect(second).toHaveCount(0);
  await saved(page);
  const { body } = await ask(page, 'sanne-visser', 'GET', 'hub/people?q=noor');
  expect(body.people.map((person: { services: string[] }) => person.services)).toEqual([['messaging']]);
});

test('who is typed and not added yet is said before the set-up is finished, with the way there [U2, U3, G3]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const trial = await stormAwaits(page);
  await openStep(page, trial, 'people', 'People');
  await page.getByRole('textbox', { name: 'Email' }).fill('noor@rederijstorm.example');
  await saved(page);
  await openStep(page, trial, 'finish', 'Finish');
  await expect(page.getByText('1 person typed in this set-up has not been added yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Add people', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('noor@rederijstorm.example');
});

test('lines of a file outlive a walk to another step, and a file that is none does not stand over them [U2, U3, G3]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const trial = await stormAwaits(page);
  await openStep(page, trial, 'people', 'People');
  await fromFile(page);
  await give(page, 'ok.csv', 'Services;Last name;First name;Email\nVergaderingen;Smit;Noor;noor@rederijstorm.example\n');
  await expect(lines(page)).toHaveValue(/noor@rederijstorm/);
  await give(page, 'empty.csv', ' \n');
  await expect(page.getByText(/^empty\.csv: /)).toBeVisible();
  await give(page, 'offer.csv', '%PDF-1.4 plain');
  await expect(page.getByText(/^offer\.csv: /)).toBeVisible();
  expect(await file(page).inputValue()).toBe('');
  await button(page, 'Next').click();
  await expect(page.getByRole('heading', { level: 2, name: 'Finish', exact: true })).toBeFocused();
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await expect(lines(page)).toHaveValue(/noor@rederijstorm/);
  await button(page, 'Check the lines').click();
  await expect(result(page)).toContainText('1 person can be added.');
});

test('at most 25 people are typed at once, and a partner with provisioning access adds nobody [U1, U2, X10, P7]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const trial = await stormAwaits(page, false);
  await openStep(page, trial, 'people', 'People');
  await expect(page.getByText('provisioning access', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('group', { name: 'Person 1', exact: true })).toHaveCount(0);
  await signIn(page, 'Kim Jansen');
  await openStep(page, trial, 'people', 'People');
  for (let row = 1; row < 25; row += 1) await button(page, 'Another person').click();
  await expect(page.getByRole('group', { name: 'Person 25', exact: true })).toBeVisible();
  await expect(button(page, 'Another person')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Another person')).toHaveAccessibleDescription('At most 25 people are added by hand at once.');
});

test('a file is checked, each bad line is named with its number and reason, the good ones are added, and nothing is lost [U2, H5, G3]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  await stormRuns(page);
  await page.goto('/hub/people');
  await button(page, 'Add several people').click();
  await expect(page.getByRole('heading', { level: 2, name: 'Add people' })).toBeFocused();
  await fromFile(page);
  const download = page.waitForEvent('download');
  await button(page, 'Download the template').click();
  expect((await download).suggestedFilename()).toBe('people.csv');
  // A byte order mark, semicolons, quotes, duplicates, a formula, a line without an end of its quote.
  const typed = [
    HEADS, 'new@rederijstorm.example;Noor;"Smit; jr";messaging', 'NEW@rederijstorm.example;Noor;Smit;', 'no address;Bob;Smit;',
    'beheer@brouwerijdezon.example;Cas;Smit;', 'kim.jansen@rederijstorm.example;Kim;Jansen;', 'f@rederijstorm.example;=1+1;Smit;',
    'g@rederijstorm.example;"Gijs;Smit;', 'last@rederijstorm.example;Lea;;calling',
  ].join('\r\n');
  await give(page, 'people.csv', `\uFEFF${typed}`);
  await expect(lines(page)).toHaveValue(/Noor;"Smit; jr"/);
  await button(page, 'Check the lines').click();
  await expect(result(page)).toBeFocused();
  await expect(result(page)).toContainText('2 people can be added.');
  for (const [line, words] of [
    [3, 'Line 2 has the same address.'], [4, 'This is not one email address'], [5, 'This address belongs to another organisation.'],
    [6, 'Somebody with this address is in the organisation already.'], [7, 'A name begins with ='], [8, 'A quote is not closed'],
    [9, 'Added without Calling: no licence is free.'],
  ] as const) await expect(about(page, line)).toContainText(words);
  await axe(page, 'the lines of a file');
  await expect(page.getByText('4 people', { exact: true })).toBeVisible();
  await button(page, 'Add 2 people').dblclick();
  await expect(result(page)).toContainText('2 people were added.');
  await expect(page.getByText('6 people', { exact: true })).toBeVisible();
  await expect(lines(page)).toHaveValue(/Noor;"Smit; jr"/);
  // A line is mended where it stands, and the same lines bring only what is new.
  await lines(page).fill(typed.replace('no address', 'bob@rederijstorm.example'));
  await expect(result(page)).not.toContainText('were added');
  await button(page, 'Check the lines').click();
  await expect(result(page)).toContainText('1 person can be added.');
  await button(page, 'Add 1 person').click();
  await expect(page.getByText('7 people', { exact: true })).toBeVisible();
});

test('what is no file with people says so and leaves what stood there: empty, a PDF, Windows-1252, too large [U2, G3]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  await stormRuns(page);
  await page.goto('/hub/people');
  await button(page, 'Add several people').click();
  await fromFile(page);
  await button(page, 'Check the lines').click();
  await expect(lines(page)).toBeFocused();
  await expect(lines(page)).toHaveAccessibleDescription(/holds no people/);
  await lines(page).fill('noor@rederijstorm.example,Noor,Smit');
  await give(page, 'old.csv', Buffer.from('ren\u00e9@rederijstorm.example;Ren\u00e9;Smit;', 'latin1'));
  await expect(file(page)).toHaveAccessibleDescription(/not in UTF-8/);
  await expect(lines(page)).toHaveValue('noor@rederijstorm.example,Noor,Smit');
  await give(page, 'large.csv', 'a@b.example,A,B\n'.repeat(70_000));
  await expect(file(page)).toHaveAccessibleDescription(/too large/);
  await expect(lines(page)).toHaveValue('noor@rederijstorm.example,Noor,Smit');
  await give(page, 'people.pdf', Buffer.from('%PDF-1.7\n\u0000\u0001 a binary file', 'latin1'));
  await expect(file(page)).toHaveAccessibleDescription(/^people\.pdf: The file is no text/);
  await expect(lines(page)).toHaveValue('noor@rederijstorm.example,Noor,Smit');
  await give(page, 'empty.csv', `${HEADS}\r\n`);
  await button(page, 'Check the lines').click();
  await expect(lines(page)).toHaveAccessibleDescription(/holds no people/);
  await give(page, 'many.csv', 'a@rederijstorm.example,A,B\n'.repeat(10_001));
  await button(page, 'Check the lines').click();
  await expect(lines(page)).toHaveAccessibleDescription(/10,000 lines/);
});

test('ten thousand lines: a thousand are added at a time, the others are named for the next time, and the page stays quick [U2, H5]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  const trial = await stormRuns(page, ['messaging', 'meetings'], true);
  await openStep(page, trial, 'people', 'People');
  await fromFile(page);
  const many = Array.from({ length: 10_000 }, (_, at) => `p${at}@rederijstorm.example,Person,${at},`).join('\n');
  await give(page, 'many.csv', many);
  await button(page, 'Check the lines').click();
  await expect(result(page)).toContainText('1,000 people can be added.');
  await expect(result(page)).toContainText('9,000 lines to look at');
  await expect(result(page).getByRole('row')).toHaveCount(101);
  await expect(result(page)).toContainText('100 of 9,000 shown');
  await button(page, 'Show more lines').click();
  await expect(result(page).getByRole('row')).toHaveCount(601);
  await button(page, 'Add 1,000 people').click();
  await expect(result(page)).toContainText('1,000 people were added.');
  await button(page, 'Check the lines').click();
  await expect(result(page)).toContainText('1,000 people can be added.');
  await expect(about(page, 1)).toContainText('Somebody with this address is in the organisation already.');
});

test('a partner with full administrator access takes a file on the customer’s behalf, by keyboard alone; with provisioning access the reason stands there [H5, U1, X10, G4, P7]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const trial = await stormAwaits(page);
  const { body } = await ask(page, 'anna-de-vries', 'GET', `setup/${trial}`);
  await page.goto(`/customers/${body.organisation}/hub/people`);
  await button(page, 'Add several people').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Add people' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'From a file' })).toBeChecked();
  await lines(page).focus();
  await page.keyboard.insertText('noor@rederijstorm.example,Noor,Smit,messaging');
  await page.keyboard.press('Tab');
  await expect(button(page, 'Check the lines')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(result(page)).toBeFocused();
  await expect(result(page)).toContainText('1 person can be added.');
  await button(page, 'Add 1 person').focus();
  await page.keyboard.press('Enter');
  await expect(result(page)).toContainText('1 person was added.');
  const journal = await ask(page, 'sanne-visser', 'GET', 'journal?deed=people-added');
  expect(journal.body.entries[0]['on-behalf']).toBe('Rederij Storm');
  await ask(page, 'sanne-visser', 'GET', 'hub');
  await signIn(page, 'Kim Jansen');
  await page.goto('/hub/people');
  await expect(button(page, 'Add several people')).toHaveAttribute('aria-disabled', 'true');
});
