// What exists on the platform under test, put into the description's schemas: a test that only knows random ids would never
// get past "there is no such account". Random values stay possible beside the known ones.

// By name of a parameter or member; by operation where the same name means different things.
export async function known(platform, token) {
  const read = async (path, key = token) => {
    const answer = await fetch(`${platform.address}/projects/${platform.id}${path}`, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const [integrations, accounts, user] = await Promise.all([read("/sdk/integrations"), read("/sdk/credentials"), read("/sdk/me")]);
  const { workflowExecutions } = await read("/task-history/workflow-executions", platform.apiKey);
  const run = await read(`/task-history/workflow-executions/${workflowExecutions[0].id}`, platform.apiKey);
  const workflows = integrations.flatMap(({ workflows }) => workflows.map(({ id }) => id));
  const ids = (all) => all.map(({ id }) => id);
  const integration = (type) => integrations.find(({ providerType }) => providerType === type).id;
  const page = { type: "object", properties: { search: { type: ["string", "null"] }, pageCursor: { type: ["integer", "string", "null"] } } };
  const sources = {
    slack: ["channels", "priorities"],
    salesforce: ["objects", "fields"],
    jira: ["sites", "projects"],
    sendgrid: ["lists"],
  };
  return {
    bodies: {
      readOptions: Object.entries(sources).map(([type, keys]) =>
        having({ action: [type], sourceKey: keys }, { paginationParameters: page, parameters: { type: ["object", "null"] } }),
      ),
      createCredential: [
        having({ integrationId: [integration("custom.echo")], payload: having({ key: { type: "string", minLength: 1 } }) }),
        having({ integrationId: [integration("sendgrid")], payload: having({ apiKey: { type: "string" } }) }),
      ],
      connectResource: [having({ apiKey: { type: "string" } })],
      updateSettings: [
        having({ config: having({ sharedSettings: { type: "object" } }) }),
        having({ config: having({ workflowSettings: having(Object.fromEntries([[workflows[0], having({ enabled: [true, false] })]])) }) }),
      ],
    },
    names: {
      "X-Paragon-Credential": [...ids(accounts), "ext:main"],
      "X-Paragon-Configuration-Id": accounts.flatMap(({ configurations }) => ids(configurations)),
      integrationId: ids(integrations),
      integration: integrations.map(({ providerType }) => providerType),
      integrations: ["slack", "slack,salesforce", "salesforce"],
      originForPostMessage: ["http://localhost:3000"],
      workflowId: workflows,
      userId: ["ada"],
    },
    operations: {
      getCredential: { id: ids(accounts) },
      updateSettings: { id: ids(accounts) },
      completeSetup: { id: ids(accounts) },
      createConfiguration: { id: ids(accounts) },
      updateConfiguration: { id: ids(accounts) },
      destroyConfiguration: { id: ids(accounts) },
      connectResource: { id: ids(user.resources) },
      enableWorkflow: { id: workflows },
      disableWorkflow: { id: workflows },
      startWorkflow: { id: workflows },
      // Disconnecting everything would leave nothing to test.
      uninstallIntegration: { id: integrations.filter(({ type }) => type === "box").map(({ id }) => id) },
      getExecution: { id: ids(workflowExecutions) },
      replayExecution: { id: ids(workflowExecutions) },
      getStepExecution: { id: [run.id], step: ids(run.stepExecutions) },
    },
  };
}

// The description with the known values in it.
export function informed(description, { names, operations, bodies }) {
  const api = structuredClone(description);
  const offer = (schema, values) => (values?.length ? { anyOf: [{ enum: values }, schema] } : schema);
  for (const path of Object.values(api.paths)) {
    for (const operation of Object.values(path)) {
      const own = operations[operation.operationId] ?? {};
      for (const parameter of operation.parameters ?? []) {
        parameter.schema = offer(parameter.schema, own[parameter.name] ?? names[parameter.name]);
      }
    }
  }
  for (const [name, likely] of Object.entries(bodies)) {
    const content = Object.values(api.paths).flatMap(Object.values).find(({ operationId }) => operationId === name).requestBody.content;
    const { schema } = content["application/json"];
    content["application/json"].schema = { anyOf: [...likely, schema] };
  }
  return api;
}

// A body that has these members, with these values or schemas, and maybe others.
function having(members, rest = {}) {
  const schemas = Object.entries(members).map(([name, value]) => [name, Array.isArray(value) ? { enum: value } : value]);
  return { type: "object", properties: { ...Object.fromEntries(schemas), ...rest }, required: Object.keys(members), additionalProperties: false };
}
