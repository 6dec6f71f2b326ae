// Signs in with the session that the page sends, and answers who that is.
export const answer = (paragon) => async ({ data: { host, project, token } }) => {
  try {
    paragon.configureGlobal({ host });
    await paragon.authenticate(project, token);
    self.postMessage({ value: paragon.getUser().userId });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
