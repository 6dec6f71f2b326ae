// For apps that import types from `dist/src/entities/integration.interface`.
export type {
  IConnectIntegration,
  IConnectIntegrationWithCredentialInfo,
  IntegrationMetadata,
  IntegrationMetadata as IIntegrationMetadata,
} from "./integration.js";
