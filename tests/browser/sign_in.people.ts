// People at a server, as they are in earnest: an identity provider signs them in, mails go to a mail server,
// and two copies of the server answer (rules P5, G6, L8). Run with `cargo xtask test --only server`.
import { axe, expect, test } from './support';
import { browserOf, signInAs } from './support/accounts';
import { mailsTo } from './support/services';
import { button, row, save, shortestToReview, startTrial } from './support/wizard';

test('a partner signs in with its account and starts a trial, the mail arrives, and the customer’s administrator signs in by the address it went to [P5, L8, G6]', async ({ page, browser, baseURL }) => {
  await page.goto('/customers?q=storm');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('This is a demonstration')).toHaveCount(0);
  await axe(page, 'signing in at a server');
  await signInAs(page, 'anna');
  // Where one wanted to go is where one arrives, and no script reads the session.
  await expect(page).toHaveURL(/\/customers\?q=storm$/);
  await expect(button(page, 'Anna de Vries, Sales full administrator')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Demonstration/ })).toHaveCount(0);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const session = (await page.context().cookies()).find(cookie => cookie.name === '__Host-proef');
  expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });

  await startTrial(page);
  await shortestToReview(page, { company: 'Rederij Storm', email: 'ict@rederijstorm.example' });
  await save(page, 'No');
  await page.goto('/customers');
  await expect(row(page, 'Rederij Storm')).toHaveCount(1);
  const welcome = async () => (await mailsTo('ict@rederijstorm.example')).map(mail => mail.text).join('\n');
  await expect.poll(welcome).toContain(new URL(baseURL!).host);

  const sanne = await browserOf(browser, baseURL);
  await sanne.goto('/');
  await signInAs(sanne, 'sanne');
  await expect(sanne).toHaveURL(/\/hub/);
  await expect(sanne.getByRole('heading', { level: 1 })).toContainText('Rederij Storm');
  await sanne.context().close();

  // Another partner knows nothing of it, also by its address.
  const customer = await row(page, 'Rederij Storm').getByRole('link').first().getAttribute('href');
  const ingrid = await browserOf(browser, baseURL);
  await ingrid.goto(customer!);
  await signInAs(ingrid, 'ingrid');
  await expect(ingrid).toHaveURL(new RegExp(`${customer}$`));
  await expect(ingrid.getByText('Rederij Storm')).toHaveCount(0);
  await ingrid.context().close();
});

test('who is not known, or breaks off, is told so on the sign-in page, and can begin anew [G1, P5]', async ({ page }) => {
  await page.goto('/customers?q=zon');
  await signInAs(page, 'stranger');
  await expect(page.getByRole('alert')).toContainText('Nobody here has the email address of this account.');
  await page.context().clearCookies();
  await page.goto('/customers?q=zon');
  await page.getByRole('link', { name: 'Sign in with your account' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('The sign-in was broken off.');
  await axe(page, 'a sign-in that was broken off');
  await signInAs(page, 'mehmet');
  await expect(page).toHaveURL(/\/customers\?q=zon$/);
});

test('signing out everywhere ends the session in another browser as well [P5]', async ({ page, browser, baseURL }) => {
  await page.goto('/');
  await signInAs(page, 'lena');
  await expect(button(page, 'Lena Krause, Read-only administrator')).toBeVisible();
  const other = await browserOf(browser, baseURL);
  await other.goto('/');
  await signInAs(other, 'lena');
  await expect(button(other, 'Lena Krause, Read-only administrator')).toBeVisible();
  await button(other, 'Lena Krause, Read-only administrator').click();
  await other.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(other.getByText('You are signed out.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await other.context().close();
});
