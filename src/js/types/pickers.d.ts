// Types of the file pickers.

/** What a picker may offer, and whom it tells. Every picker that was opened ends once, and then tells `onClose`. */
export type FilePickerOptions = {
  /** MIME types for Google Drive, extensions for Box and Microsoft. */
  allowedTypes?: string[];
  allowMultiSelect?: boolean;
  allowFolderSelect?: boolean;
  onOpen?: () => void;
  onClose?: () => void;
  onFileSelect?: (files: unknown) => void;
  onCancel?: () => void;
  integrationOptions?: {
    googledrive?: { viewMode?: string; includeFolders?: boolean; enableSharedDrives?: boolean };
    box?: {
      /** Draws into a frame of its own, so that Box's stylesheet does not reach the page. */
      scopeCSS?: boolean;
      /** A selector of the element to draw into; not together with `scopeCSS`. */
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
  /** Needed for Google Drive. */
  developerKey?: string;
  appId?: string;
  /** Needed for Box; `"0"` is the root. */
  folderId?: string;
  selectedCredentialId?: string;
  /** For the vendor's script, if the page's policy wants one; that of the page's own scripts unless given. */
  nonce?: string;
};

export interface IFilePicker {
  /** Reads the account and loads what the vendor's picker needs. */
  init(options: FilePickerInitOptions): Promise<boolean>;
  /** In a click's own turn. False if it was not opened. */
  open(): boolean;
  /** The vendor's own picker, once `init` is done; null for Microsoft. */
  getInstance(): unknown;
}

export interface ExternalFilePickerConstruct {
  new (action: string, options: FilePickerOptions): IFilePicker;
  (action: string, options: FilePickerOptions): IFilePicker;
}
