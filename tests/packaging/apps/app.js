// What every app here does, whichever tool builds it: one click signs in, the next connects an account. `calling` tells
// the test, which watches from outside, what happens in the very turn of a call.

const during = (method, call) => {
  window.calling = method;
  try {
    return call();
  } finally {
    window.calling = undefined;
  }
};

const tell = (promise) =>
  promise.then(
    (value) => (window.seen.result = { value }),
    (error) => (window.seen.result = { error: String(error) }),
  );

/** What the app's two buttons do. */
export const clicks = (paragon) => ({
  // Makes the page's first call.
  signIn() {
    const { host, project, token } = window.session;
    during("configureGlobal", () => paragon.configureGlobal({ host }));
    paragon.setHeadless(true);
    const signedIn = during("authenticate", () => paragon.authenticate(project, token));
    tell(signedIn.then(() => paragon.getUser().userId));
  },
  connect() {
    const connected = during("installIntegration", () => paragon.installIntegration("slack", {}));
    tell(connected.then(() => paragon.getUser().integrations.slack.enabled));
  },
});

/** For pages without a framework. */
export function listen(paragon) {
  const { signIn, connect } = clicks(paragon);
  document.querySelector("#sign-in").onclick = signIn;
  document.querySelector("#connect").onclick = connect;
  document.body.dataset.ready = "";
}
