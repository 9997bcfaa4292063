// Runs before the first paint, so that the page never flashes in the wrong theme or direction.
// It has to agree with src/ui/theme.ts and src/i18n/index.ts, which own these two keys afterwards.
(function () {
  var root = document.documentElement;
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }
  var theme = stored('vpanel.theme');
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';

  var language = stored('vpanel.language') || navigator.language || 'en';
  var known = ['en', 'zh', 'ru', 'fa'].indexOf(language.slice(0, 2)) >= 0 ? language.slice(0, 2) : 'en';
  root.lang = known === 'zh' ? 'zh-CN' : known;
  root.dir = known === 'fa' ? 'rtl' : 'ltr';
})();
