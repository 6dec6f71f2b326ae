// The project: its plan and what it includes.
import type { AuthenticatedConnectUser } from "./user.js";

export declare enum BillingPlan {
  ClassicFree = "free",
  ClassicStarter = "starter",
  ClassicBusiness = "business",
  ClassicPremium = "premium",
  ClassicEnterprise = "enterprise",
  ConnectTrial = "connect_trial",
  ConnectBasic = "basic",
  ConnectPro = "pro",
  ConnectEnterprise = "connect_enterprise",
}

/** Features that a plan may include. */
export declare enum ConnectAddOn {
  CustomIntegrationBuilder = "byo",
  DynamicFieldMapper = "dfm",
  HeadlessConnectPortal = "headless-cp",
  TaskHistoryAPI = "th-api",
  Monitoring = "monitoring",
  RoleBasedAccessControl = "rbac",
  UserMetadata = "user-metadata",
  WhiteLabeling = "whitelabel",
  WorkflowPermission = "workflow-permissions",
}

export type ConnectNonTrialBillingPlan =
  | BillingPlan.ConnectBasic
  | BillingPlan.ConnectPro
  | BillingPlan.ConnectEnterprise;

/** What each plan includes. What counts at run time is what the platform says of the project. */
export declare const CONNECT_PLAN_FEATURE_MAP: Record<ConnectNonTrialBillingPlan, ConnectAddOn[]>;

/** What the SDK is told of the project. */
export interface IConnectSDKProject {
  id: string;
  billingPlan: BillingPlan;
  accessibleFeatures: ConnectAddOn[];
}

export type IConnectUser = Omit<AuthenticatedConnectUser, "token">;

export type IConnectUserWithProject = IConnectUser & {
  project: IConnectSDKProject;
};
