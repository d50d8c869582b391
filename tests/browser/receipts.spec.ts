// The receipt of an answer (rule X16): to read, to keep, and to check.
import { readFile } from 'node:fs/promises';
import { axe, expect, signIn, test } from './support';

async function decline(page: import('@playwright/test').Page): Promise<void> {
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Not needed' }).check();
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByRole('link', { name: 'Receipt of this answer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt of consent' })).toBeFocused();
}

test('both sides get the same receipt, the file is genuine, one changed byte is detected, and the overview leads there [X16, H4]', async ({ page, pageOf }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  await expect(page.getByText(/Sanne Visser answered for Rederij Storm on/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was shown' })).toContainText('Noordzee Telecom would like to run a trial for Rederij Storm');
  await axe(page, 'receipt');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the receipt' }).click();
  const path = await (await download).path();
  const file = await readFile(path, 'utf8');

  const anna = await pageOf('Anna de Vries');
  await anna.goto(new URL(page.url()).pathname);
  const of_partner = await anna.getByRole('link', { name: 'Download the receipt' }).getAttribute('href');
  expect(decodeURIComponent(of_partner!.split(',').slice(1).join(','))).toBe(file);

  await page.getByRole('link', { name: 'Check a receipt' }).click();
  await page.getByLabel('File of the receipt').setInputFiles(path);
  await expect(page.getByText('Genuine: it is exactly as it was issued here.')).toBeVisible();
  await axe(page, 'genuine');
  for (const [from, to] of [['Not needed', 'Not wanted'], ['"format": 1', '"format":  1'], ['Sanne Visser', 'Sanne visser']] as const) {
    expect(file).toContain(from);
    await page.getByRole('textbox', { name: 'Text of the receipt' }).fill(file.replace(from, to));
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByText('Changed: it is not as it was issued.', { exact: false })).toBeVisible();
  }
  await page.getByRole('textbox', { name: 'Text of the receipt' }).fill('Dear all');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('This is not a receipt.')).toBeVisible();

  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('region', { name: 'Earlier requests' }).getByRole('link', { name: 'Receipt of this answer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt of consent' })).toBeFocused();
});

test('a user who holds the file of a receipt can check it, and sees nothing else [X16, P5]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  const address = new URL(page.url()).pathname;
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the receipt' }).click();
  const path = await (await download).path();
  await signIn(page, 'Tom Bos');
  await page.getByRole('link', { name: 'Check a receipt' }).click();
  await page.getByLabel('File of the receipt').setInputFiles(path);
  await expect(page.getByText('Genuine: it is exactly as it was issued here.')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test('a receipt is checked from a file or from a text, never from both, and the verdict says of which [X16, G3]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  const href = await page.getByRole('link', { name: 'Download the receipt' }).getAttribute('href');
  const genuine = decodeURIComponent(href!.split(',').slice(1).join(','));
  await page.getByRole('link', { name: 'Check a receipt' }).click();
  const file = page.getByLabel('File of the receipt');
  const text = page.getByRole('textbox', { name: 'Text of the receipt' });
  const check = page.getByRole('button', { name: 'Check', exact: true });
  const verdict = page.getByText('Genuine: it is exactly as it was issued here.');
  const given = (name: string, buffer: Buffer) => file.setInputFiles({ name, mimeType: 'application/json', buffer });

  await check.click();
  await expect(file).toBeFocused();
  await expect(file).toHaveAccessibleDescription('Choose a file or paste its text first.');

  await given('answer.json', Buffer.from(genuine));
  await expect(verdict).toBeVisible();
  await expect(page.getByText('File: answer.json')).toBeVisible();
  await expect(page.getByText('Choose a file or paste its text first.')).toHaveCount(0);
  await expect(file).toHaveValue(/answer\.json$/);
  // Check asks for the same file once more, and complains about nothing.
  await check.click();
  await expect(verdict).toBeVisible();
  await expect(page.locator('.problem')).toHaveCount(0);

  await text.fill(genuine.replace('Not needed', 'Not wanted'));
  await expect(verdict).toHaveCount(0);
  await expect(file).toHaveValue('');
  await check.click();
  await expect(page.getByText('The pasted text')).toBeVisible();
  await expect(page.getByText('Changed: it is not as it was issued.', { exact: false })).toBeVisible();

  // A mark that the browser would leave out is a changed byte as well.
  await given('marked.json', Buffer.from(`\u{FEFF}${genuine}`));
  await expect(page.getByText('File: marked.json')).toBeVisible();
  await expect(text).toHaveValue('');
  await expect(verdict).toHaveCount(0);

  await given('film.json', Buffer.alloc(31_457_280, 'x'));
  await expect(file).toHaveAccessibleDescription('film.json has 31,458 kB, and a receipt has at most 30 kB. It was not read.');
  await expect(page.getByText('File: marked.json')).toHaveCount(0);
  await given('picture.json', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  await expect(file).toHaveAccessibleDescription('picture.json could not be read as text.');
  await text.fill('x'.repeat(40_000));
  await check.click();
  await expect(text).toHaveAccessibleDescription('The text has 40 kB, and a receipt has at most 30 kB.');
  await expect(text).toBeFocused();
  await axe(page, 'too long');
});

test('another partner, and who may not download, get no receipt [X16, P2, P8]', async ({ page, pageOf }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  const address = new URL(page.url()).pathname;
  const ingrid = await pageOf('Ingrid Solberg');
  await ingrid.goto(address);
  await expect(ingrid.getByText('No receipt here')).toBeVisible();
  const piet = await pageOf('Piet Janssen');
  await piet.goto(address);
  await expect(piet.getByRole('link', { name: 'Download the receipt' })).toHaveCount(0);
  await expect(piet.getByText('Sanne Visser')).toHaveCount(0);
});
