// What both module systems check, given what they have loaded.
module.exports = (before, main, sub) => {
  const { paragon, connectSingleton, ConnectSDK } = main;
  const touched = Reflect.ownKeys(globalThis).length - before;
  class Extended extends main.default {
    getUser() {
      return { ...super.getUser(), seen: true };
    }
  }
  const extended = new Extended();
  const answers = [extended.getUser()];
  extended.getVersion = () => "replaced";
  answers.push(extended.getVersion());
  const gone = new main.default();
  gone.dispose();
  let disposed;
  try {
    gone.getVersion();
  } catch ({ code }) {
    disposed = code;
  }
  const handler = () => {};
  connectSingleton.subscribe("onPortalOpen", handler);
  connectSingleton.dispose();
  const anew = [paragon.getVersion() === connectSingleton.getVersion(), connectSingleton.unsubscribe("onPortalOpen", handler)];
  const result = {
    touched,
    user: paragon.getUser(),
    metadata: paragon.getIntegrationMetadata(),
    sameUnderTheSubpath: sub.default === main.default,
    named: ConnectSDK === main.default,
    isClass: connectSingleton instanceof main.default,
    fresh: new main.default().getUser(),
    singleton: (paragon.setHeadless(true), connectSingleton.getVersion() === paragon.getVersion()),
    assets: [new main.default().getAssetUrl("x"), new main.default("paragon.example").getAssetUrl("x")],
    overridden: new main.default({ DASHBOARD_PUBLIC_URL: "https://icons.example" }).getAssetUrl("x"),
    extended: answers,
    disposed,
    anew,
  };
  console.log(JSON.stringify(result));
};
