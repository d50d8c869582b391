// The receipt of an answer (rule X16): to read, to keep, and to check.
import { readFile } from 'node:fs/promises';
import { axe, expect, pageOf, signIn, test } from './support';

async function decline(page: import('@playwright/test').Page): Promise<void> {
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Not needed' }).check();
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByRole('link', { name: 'Receipt of this answer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt of consent' })).toBeFocused();
}

test('both sides get the same receipt, the file is genuine, and one changed byte is detected [X16]', async ({ page, context }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  await expect(page.getByText(/Sanne Visser answered for Rederij Storm on/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was shown' })).toContainText('Noordzee Telecom would like to run a trial for Rederij Storm');
  await axe(page, 'receipt');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the receipt' }).click();
  const path = await (await download).path();
  const file = await readFile(path, 'utf8');

  const anna = await pageOf(context, 'Anna de Vries');
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

test('another partner, and who may not download, get no receipt [X16, P2, P8]', async ({ page, context }) => {
  await signIn(page, 'Sanne Visser');
  await decline(page);
  const address = new URL(page.url()).pathname;
  const ingrid = await pageOf(context, 'Ingrid Solberg');
  await ingrid.goto(address);
  await expect(ingrid.getByText('No receipt here')).toBeVisible();
  const piet = await pageOf(context, 'Piet Janssen');
  await piet.goto(address);
  await expect(piet.getByRole('link', { name: 'Download the receipt' })).toHaveCount(0);
  await expect(piet.getByText('Sanne Visser')).toHaveCount(0);
});
