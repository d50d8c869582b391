// People with an account at the identity provider.
import { type Browser, type Page } from '@playwright/test';

/** Signs in from the sign-in page with an account that the provider knows. */
export async function signInAs(page: Page, account: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with your account' }).click();
  await page.getByRole('textbox', { name: 'Account' }).fill(account);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A browser of its own, in which nobody is signed in. */
export async function browserOf(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (await browser.newContext({ baseURL, locale: 'en-GB' })).newPage();
}
