// File pickers: the providers' own, with the user's account.

/** What the picker of each provider gives to `onFileSelect`. */
export type FilePickerResults = {
  /** The Google Picker's response, without its `action`. */
  googledrive: GoogleDriveSelection;
  /** The File Picker v8's items. */
  onedrive: MicrosoftDriveItem[];
  sharepoint: MicrosoftDriveItem[];
  box: BoxPickerItem[];
};

/** Integrations that have a file picker. */
export type FilePickerIntegration = keyof FilePickerResults;

/** Files as the picker of `Type` gives them; unknown, if which one is not known. */
export type FilePickerResult<Type extends string> = string extends Type
  ? unknown
  : Type extends FilePickerIntegration
    ? FilePickerResults[Type]
    : unknown;

export type GoogleDriveSelection = {
  docs: GoogleDriveDocument[];
  [key: string]: unknown;
};

/** A file or folder in Google Drive. */
export type GoogleDriveDocument = {
  id: string;
  name: string;
  mimeType: string;
  /** Where a browser can open it. */
  url: string;
  type?: string;
  description?: string;
  iconUrl?: string;
  parentId?: string;
  driveSuccess?: boolean;
  isShared?: boolean;
  /** In milliseconds since 1970. */
  lastEditedUtc?: number;
  sizeBytes?: number;
  [key: string]: unknown;
};

/** A file or folder in OneDrive or SharePoint: enough to ask Microsoft Graph for it. */
export type MicrosoftDriveItem = {
  id: string;
  name?: string;
  /** In bytes. */
  size?: number;
  webUrl?: string;
  parentReference?: { driveId: string; id?: string; sharepointIds?: Record<string, string>; [key: string]: unknown };
  "@sharePoint.endpoint"?: string;
  [key: string]: unknown;
};

/** A file or folder in Box. */
export type BoxPickerItem = {
  id: string;
  name: string;
  type: "file" | "folder";
  /** In bytes. */
  size?: number;
  extension?: string;
  /** ISO 8601. */
  modified_at?: string;
  description?: string;
  path_collection?: { entries: Array<{ id: string; name: string; type: string }> };
  shared_link?: {
    url: string;
    download_url?: string;
    permissions?: { can_download?: boolean; can_preview?: boolean };
  };
  [key: string]: unknown;
};

export type FilePickerOptions<Type extends string = string> = {
  /** MIME types (Google Drive) or extensions that can be chosen. Absent: all. */
  allowedTypes?: string[];
  /** Absent means false. */
  allowMultiSelect?: boolean;
  /** Absent means false. */
  allowFolderSelect?: boolean;
  onOpen?: () => void;
  /** It is closed, whether something was chosen or not. */
  onClose?: () => void;
  onFileSelect?: (files: FilePickerResult<Type>) => void;
  /** It was closed without a choice. */
  onCancel?: () => void;
  integrationOptions?: {
    googledrive?: {
      /** `google.picker.DocsViewMode`. */
      viewMode?: "grid" | "list" | (string & {});
      includeFolders?: boolean;
      enableSharedDrives?: boolean;
    };
    box?: {
      /** True: in a frame of its own, so that Box's styles do not meet the page's. */
      scopeCSS?: boolean;
      /** CSS selector of the element to show it in. */
      container?: string;
      maxSelectable?: number;
      canUpload?: boolean;
      canCreateNewFolder?: boolean;
      canSetShareAccess?: boolean;
      canDownload?: boolean;
      canDelete?: boolean;
      canRename?: boolean;
      canPreview?: boolean;
      canComment?: boolean;
      canShare?: boolean;
      canMove?: boolean;
      canCopy?: boolean;
    };
  };
};

export type FilePickerInitOptions = {
  /** Google Drive: needed. The key of your Google project. */
  developerKey?: string;
  /** Google Drive: the number of your Google project. */
  appId?: string;
  /** Box: needed. Where the picker begins; `"0"` is the root. */
  folderId?: string;
  /** Which account to use: a credential id, `ext:<external id>`, or an external id. */
  selectedCredentialId?: string;
  /** The page's CSP nonce for scripts. Absent: that of the page's own scripts. */
  nonce?: string;
};

export interface IFilePicker {
  /**
   * Reads the account and loads the provider's scripts. A later call tries again what has failed.
   * @returns true
   * @throws {ParagonError} if the user has no account, an option is missing, or a script does not load
   */
  init(options: FilePickerInitOptions): Promise<boolean>;
  /** Shows it. Call it in the turn of the user's click. False if it is not ready or the browser blocks it. */
  open(): boolean;
  /** The provider's own object: Google's or Box's picker; null for Microsoft's, and before `init`. */
  getInstance(): any;
}

export declare enum FilePickerStatus {
  LOADING = "loading",
  FAILED = "failed",
  LOADED = "loaded",
}

/** `paragon.ExternalFilePicker`. */
export interface ExternalFilePickerConstruct {
  /**
   * A file picker of an integration.
   * @throws {ParagonError} if there is no user, or no picker for this integration
   */
  new <Type extends FilePickerIntegration>(action: Type, options: FilePickerOptions<Type>): IFilePicker;
  new (action: string, options: FilePickerOptions): IFilePicker;
  <Type extends FilePickerIntegration>(action: Type, options: FilePickerOptions<Type>): IFilePicker;
  (action: string, options: FilePickerOptions): IFilePicker;
}
