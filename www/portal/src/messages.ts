// What the SDK in the app's page and this frame say to each other. Interface facts of the protocol.
import type {
  ConnectUser,
  DynamicMappingField,
  DynamicMappingOptions,
  IConnectIntegrationWithCredentialInfo,
  IntegrationWorkflowMeta,
  SerializedConnectInput,
} from "paragon-connect";

export type Invocation = { messageType: "SDK_FUNCTION_INVOCATION"; type: string; parameters: unknown[]; id: string };

export type Answer =
  | { messageType: "SDK_FUNCTION_RESPONSE"; id: string; result?: unknown }
  | { messageType: "SDK_FUNCTION_ERROR"; id: string; error: true; message: string };

/** The app's fields for a mapping; with `useBYOFieldMappingOption` the app loads objects and fields as well. */
export type MappedObject = DynamicMappingOptions | DynamicMappingField[];

/** Which look the app wants; all of it optional. */
export type Look = {
  hideCross?: boolean;
  tabView?: "overview" | "configuration";
  theme?: "light" | "dark" | "system";
  locale?: string;
};

export type ModalState = Look & {
  /** Null: the portal is closed. */
  integration: (IConnectIntegrationWithCredentialInfo & { workflows?: { id: string; description?: string }[] }) | null;
  config?: {
    description?: string;
    overview?: string;
    accentColor?: string;
    sharedMeta?: { inputs?: SerializedConnectInput[] };
    workflowMeta?: Record<string, IntegrationWorkflowMeta>;
  };
  apiInstallationOptions?: Record<string, unknown> & {
    accountType?: string | string[];
    selectedMultipleAccountTypes?: string[];
    selectedAccountConfig?: { id: string };
    allowMultipleCredentials?: boolean;
    externalId?: string;
  };
  selectedCredentialId?: string;
  connectionError?: { message?: string; code?: string; status?: number } | null;
};

export type Update = {
  messageType: "UI_UPDATE";
  nextContext: {
    /** With the user token while somebody is signed in. */
    user: ConnectUser & { token?: string };
    projectId?: string;
    environments?: Record<string, string>;
    endUserIntegrationConfig?: { mapObjectFields?: Record<string, MappedObject> };
  };
  nextModalState: ModalState;
};

export const isUpdate = (data: unknown): data is Update => {
  const { messageType, nextContext, nextModalState } = (data ?? {}) as Partial<Update>;
  return messageType === "UI_UPDATE" && typeof nextContext?.user === "object" && typeof nextModalState === "object" && nextModalState !== null;
};

export const isAnswer = (data: unknown): data is Answer => {
  const { messageType, id } = (data ?? {}) as Partial<Answer>;
  return (messageType === "SDK_FUNCTION_RESPONSE" || messageType === "SDK_FUNCTION_ERROR") && typeof id === "string";
};
