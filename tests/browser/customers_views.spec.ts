// Saved views of the Customers tab (rules Q3, P9).
import { type Locator, type Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';

const menu = (page: Page) => page.getByRole('button', { name: 'Views', exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Saved views' });
const name = (page: Page) => dialog(page).getByRole('textbox', { name: 'Name of the view' });
const line = (page: Page, view: string): Locator => dialog(page).getByRole('group', { name: `View ${view}`, exact: true });

async function openList(page: Page, query = ''): Promise<void> {
  await page.goto(`/customers${query && `?${query}`}`);
  await expect(menu(page)).toBeVisible();
}

async function openDialog(page: Page): Promise<void> {
  await menu(page).click();
  await page.getByRole('button', { name: 'Save or change views' }).click();
  await expect(dialog(page)).toBeVisible();
}

async function saveView(page: Page, view: string, forAll = false): Promise<void> {
  await name(page).fill(view);
  await dialog(page).getByRole('radio', { name: forAll ? /^For everyone/ : 'For me' }).check();
  await dialog(page).getByRole('button', { name: 'Save view' }).click();
  await expect(line(page, view)).toBeVisible();
}

/** Keeps views as somebody wrote them, over the API. */
async function keep(page: Page, whose: string, views: { name: string; filter: string }[], version: number): Promise<number> {
  return page.evaluate(async ([whose, views, version]) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1', 'if-match': `"${version}"` };
    return (await fetch(`/api/v1/views/${whose}`, { method: 'PUT', headers, body: JSON.stringify({ views }) })).status;
  }, [whose, views, version] as const);
}

test('a view is saved by name, opened, renamed, replaced and deleted [Q3]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await openList(page, 'status=expired&sort=company');
  await openDialog(page);
  await dialog(page).getByRole('button', { name: 'Save view' }).click();
  await expect(dialog(page).getByText('Give the view a name.')).toBeVisible();
  await saveView(page, 'To convert');
  await expect(name(page)).toHaveValue('');
  await name(page).fill(' TO convert');
  await dialog(page).getByRole('button', { name: 'Save view' }).click();
  await expect(dialog(page).getByText(/There is a view of this name already/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();

  await openList(page, 'q=zee');
  await menu(page).click();
  await page.getByRole('button', { name: 'To convert' }).click();
  await expect(page).toHaveURL(/\/customers\?status=expired&sort=company$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/customers\?q=zee$/);

  await openDialog(page);
  await line(page, 'To convert').getByRole('button', { name: 'Replace with what the list shows now' }).click();
  await expect(page.getByText('The view To convert was replaced.')).toBeVisible();
  await line(page, 'To convert').getByRole('button', { name: 'Rename' }).click();
  await line(page, 'To convert').getByRole('textbox', { name: 'New name' }).fill('By the sea');
  await line(page, 'To convert').getByRole('button', { name: 'Rename' }).click();
  await line(page, 'By the sea').getByRole('button', { name: 'By the sea' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/\/customers\?q=zee$/);

  await openDialog(page);
  await line(page, 'By the sea').getByRole('button', { name: 'Delete' }).click();
  await line(page, 'By the sea').getByRole('button', { name: 'Delete the view' }).click();
  await expect(line(page, 'By the sea')).toHaveCount(0);
  await page.reload();
  await expect(menu(page)).toBeVisible();
  await openDialog(page);
  await expect(dialog(page).getByText('None yet.')).toHaveCount(2);
});

test('a view for the whole partner is made by a sales full administrator, opened by everyone, and others are told why not [P9, P7]', async ({ page, pageOf }) => {
  await signIn(page, 'Anna de Vries');
  await openList(page, 'status=active');
  await openDialog(page);
  await saveView(page, 'What runs', true);

  const piets = await pageOf('Piet Janssen');
  await openList(piets);
  await menu(piets).click();
  await piets.getByRole('button', { name: 'What runs' }).click();
  await expect(piets).toHaveURL(/\/customers\?status=active$/);
  await openDialog(piets);
  const rename = line(piets, 'What runs').getByRole('button', { name: 'Rename' });
  await expect(rename).toHaveAttribute('aria-disabled', 'true');
  await expect(rename).toHaveAccessibleDescription(/Only a sales full administrator does this/);
  await dialog(piets).getByRole('radio', { name: /^For everyone/ }).check();
  await expect(dialog(piets).getByRole('button', { name: 'Save view' })).toHaveAttribute('aria-disabled', 'true');
  expect(await keep(piets, 'partner', [], 1), 'the backend refuses the same').toBe(403);
  await saveView(piets, 'Mine');
});

test('a saved view whose filter no longer exists opens and says what it left out [Q3]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await openList(page);
  expect(await keep(page, 'own', [{ name: 'Old', filter: 'status=expired&service=fax&region=moon' }], 0)).toBe(200);
  await openList(page);
  await menu(page).click();
  await page.getByRole('button', { name: 'Old', exact: true }).click();
  await expect(page).toHaveURL(/\/customers\?status=expired$/);
  await expect(page.getByText(/was left out: service=fax, region=moon/)).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('Expired');
});

test('two tabs that save at once both keep their view [Q3, G2]', async ({ page, context }) => {
  await signIn(page, 'Anna de Vries');
  await openList(page);
  const other = await context.newPage();
  await openList(other, 'status=active');
  await openDialog(page);
  await openDialog(other);
  await expect(name(other)).toBeVisible();
  await saveView(page, 'First');
  await saveView(other, 'Second');
  await expect(line(other, 'First')).toBeVisible();
  await name(page).fill('second');
  await dialog(page).getByRole('button', { name: 'Save view' }).click();
  await expect(dialog(page).getByText(/There is a view of this name already/)).toBeVisible();
  await expect(line(page, 'Second')).toBeVisible();
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`views have no accessibility violations and fit 320 pixels, ${language}, ${theme} [G4]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await signIn(page, 'Mehmet Bakker');
      await page.goto('/customers');
      await expect(page.locator('#open-filters')).toBeVisible();
      expect(await keep(page, 'own', [{ name: 'A view with a rather long name that has to wrap somewhere', filter: '' }], 0)).toBe(200);
      await page.reload();
      await page.locator('.views-menu button').first().click();
      await axe(page, 'menu of views');
      await page.locator('.views-menu .menu-item').last().click();
      await expect(page.locator('dialog[open] .view-line')).toBeVisible();
      await axe(page, 'dialog of views');
      await page.setViewportSize({ width: 320, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  }
}
