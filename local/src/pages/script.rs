//! The pages' one script and one style sheet.

/// Tells the opener, at exactly the origin that the platform has checked, and closes. With nobody to tell it asks where to go on.
pub(super) const TELL: &str = "\
const { message, origin, close, next } = document.querySelector('main').dataset;
const isHeard = message && origin && window.opener;
if (isHeard) window.opener.postMessage(JSON.parse(message), origin);
if (close) window.close();
const goOn = async () => {
  for (let turn = 0; turn < 10; turn++) {
    const { redirectUrl } = await (await fetch(next)).json();
    if (redirectUrl) return location.replace(redirectUrl);
  }
};
if (next && !isHeard) goOn();
";

/// System fonts, light and dark.
pub(super) const STYLE: &str = "\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
body { margin: 0; min-height: 100vh; display: grid; place-items: center }
main { max-width: 34rem; padding: 2rem }
h1 { font-size: 1.5rem; margin: 0 0 .5rem } h2 { font-size: 1rem; margin: 2rem 0 .5rem }
a { color: #2f6fed } code { font-size: .85em; opacity: .75 }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .5rem; background: #2f6fed; color: #fff; cursor: pointer }
.integrations { list-style: none; padding: 0; display: grid; gap: .5rem }
.integrations li { display: flex; gap: .75rem; align-items: center }
";
