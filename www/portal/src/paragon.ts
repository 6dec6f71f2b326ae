// The SDK of the page around, as the components know it: reads come from the state that it sends, everything else is asked
// of it through the bridge.
import type { FieldOptions, FieldOptionsRequest, InputSources, IntegrationConfig, IntegrationMetadata } from "paragon-connect";
import type { InputDefinition, ParagonLike } from "paragon-connect/react";
import type { Bridge } from "./bridge";
import { Farewell } from "./farewell";
import { FrameFlow, type FlowTexts } from "./flow";
import type { Update } from "./messages";
import { configOf, DROPDOWN, FIELDS, metadataOf, OBJECTS, sourcesFor } from "./project";

type AppOptions = { options: { label: string; value: string }[]; nextPageCursor: string | null };

export class FrameParagon implements ParagonLike {
  readonly installFlow: FrameFlow;
  #farewell = new Farewell(window);
  #listeners = new Set<() => void>();

  constructor(
    private readonly bridge: Bridge,
    private current: Update,
    texts: FlowTexts,
  ) {
    this.installFlow = new FrameFlow(bridge, () => this.current, texts);
  }

  /** Takes the state that the SDK has sent. */
  update(next: Update): void {
    this.current = next;
    this.installFlow.update();
    for (const listener of [...this.#listeners]) listener();
  }

  onStateChange = (listener: () => void): (() => boolean) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // Everything that changes comes with the state.
  subscribe = () => () => false;

  getUser = () => this.current.nextContext.user;

  getIntegrationMetadata = (() => {
    const metadata = metadataOf(this.current);
    return metadata ? [metadata] : [];
  }) as { (): IntegrationMetadata[]; (type: string): IntegrationMetadata } & ((type?: string) => IntegrationMetadata[]);

  getIntegrationConfig = (): IntegrationConfig => configOf(this.current);

  getSourcesForInput = (_: string, input: unknown): InputSources | null => sourcesFor(this.current, input as InputDefinition);

  getFieldOptions = async (request: FieldOptionsRequest): Promise<FieldOptions> => {
    const { source } = request;
    const key = (source && "cacheKey" in source && source.cacheKey) || "";
    const cursor = request.cursor ? String(request.cursor) : undefined;
    const search = request.search || undefined;
    const app = (answer: AppOptions): FieldOptions => ({ data: answer.options, nestedData: [], nextPageCursor: answer.nextPageCursor });
    if (key.startsWith(DROPDOWN)) {
      return app(await this.bridge.invoke<AppOptions>("_loadCustomDropdownOptions", key.slice(DROPDOWN.length), cursor, search));
    }
    if (key.startsWith(OBJECTS)) {
      const name = key.slice(OBJECTS.length);
      return app(await this.bridge.invoke<AppOptions>("_fetchBYOFieldMappingOptions", request.integration, "objectTypes", name, { cursor, search }));
    }
    if (key.startsWith(FIELDS)) {
      const object = request.parameters?.find((one) => one.key === "mainInput")?.source as { value?: string } | undefined;
      const objectType = object?.value;
      return app(
        await this.bridge.invoke<AppOptions>("_fetchBYOFieldMappingOptions", request.integration, "integrationFields", key.slice(FIELDS.length), {
          objectType,
          cursor,
          search,
        }),
      );
    }
    return this.bridge.invoke<FieldOptions>("getFieldOptions", request);
  };

  updateIntegrationUserSettings: ParagonLike["updateIntegrationUserSettings"] = (...given) =>
    this.bridge.invoke("updateIntegrationUserSettings", ...given);
  updateWorkflowUserSettings: ParagonLike["updateWorkflowUserSettings"] = (type, workflowId, update, target) => {
    this.#farewell.save(this.current.nextContext, workflowId, update, target);
    return this.bridge.invoke("updateWorkflowUserSettings", type, workflowId, update, target);
  };
  enableWorkflow: ParagonLike["enableWorkflow"] = (...given) => this.bridge.invoke("enableWorkflow", ...given);
  disableWorkflow: ParagonLike["disableWorkflow"] = (...given) => this.bridge.invoke("disableWorkflow", ...given);
  uninstallIntegration: ParagonLike["uninstallIntegration"] = (...given) => this.bridge.invoke("uninstallIntegration", ...given);
}
