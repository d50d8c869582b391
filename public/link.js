// The secret of a request's link stands in the fragment (rule X7). It is taken out of the address before
// anything else runs, so that it stands in no history, log or referrer, and is kept for this tab alone.
const LINK = /^#[0-9a-f]{64}$/i;

function takeLink() {
  if (location.pathname !== '/request' || !LINK.test(location.hash)) return false;
  window.linkSecret = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname);
  try {
    sessionStorage.setItem('link-secret', window.linkSecret);
  } catch {
    // The browser keeps nothing for this site: the secret then lives as long as the page.
  }
  return true;
}

takeLink();
// Another link pasted into the same tab changes the fragment alone.
addEventListener('hashchange', () => {
  if (takeLink()) location.reload();
});
