// Sets the reader's theme and language on <html> before the first paint, so that nobody sees a
// flash of the other theme. It is a file of its own, loaded in the head and not deferred, because
// the Content-Security-Policy allows no inline script. The console writes these two keys.
(() => {
  const kept = (key, allowed) => {
    let value = null;
    try {
      value = localStorage.getItem(key);
    } catch {
      // Storage is refused (private mode, blocked site data): the system's own choice stands.
    }
    return allowed.includes(value) ? value : null;
  };
  const root = document.documentElement;
  const theme = kept('proef.theme', ['light', 'dark']);
  if (theme) root.dataset.theme = theme; // absent means: as the system
  const guess = (navigator.languages ?? [navigator.language]).map(tag => String(tag).slice(0, 2))
    .find(tag => tag === 'en' || tag === 'nl');
  root.lang = kept('proef.language', ['en', 'nl']) ?? guess ?? 'en'; // rule W1: the browser's language is the first guess
})();
