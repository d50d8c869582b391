// Two people at once: each in a page of their own, with a visit of their own at the one backend
// that this browser has. A person alone needs none of it: see `signIn`.
import { type BrowserContext, type Page } from '@playwright/test';
import { signIn } from './demonstration';

/** A page in which somebody is signed in, whoever is in the other pages. */
export async function pageOf(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(visit => {
    const plain = window.fetch.bind(window);
    window.fetch = (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      if (new URL(request.url).pathname.startsWith('/api/')) request.headers.set('proef-visit', visit);
      return plain(request);
    };
  }, name.replaceAll(' ', '-'));
  await signIn(page, name);
  return page;
}
