// Lists that a provider gives out in pages.
import type { ProxyRequestOptions } from "./options.js";
import type { IConnectSDK } from "./sdk.js";

/** How the provider turns its pages. Places in the answer are names with dots between them. */
export type NextPage =
  /** The answer holds a cursor or page token at `cursor`, which goes into the query as `param`. None: the end. */
  | { cursor: string; param: string }
  /** The answer holds the next page's path or address at `url`. None: the end. */
  | { url: string }
  /** The answer has a `Link` header with `rel="next"`. */
  | { link: true }
  /** The query holds how many items to leave out as `offset`, and `size`, how many to give, as `limit`. Needs `items`. */
  | { offset: string; limit: string; size: number };

export type PaginateOptions = Omit<ProxyRequestOptions, "responseType"> & {
  next: NextPage;
  /** Where the list is in each answer; `""` if the answer is the list itself. Absent: whole answers are given. */
  items?: string;
};

/**
 * The items of a provider's list, page after page; a page is asked for when its first item is wanted. Options of
 * `request()` (`signal`, `retries`, `selectedCredentialId` …) hold for every page.
 * @throws {ParagonError} what `request()` throws; `PAGINATION_INVALID`, `PAGINATION_LOOP`
 */
export declare function paginate<Item = unknown>(
  paragon: Pick<IConnectSDK, "request">,
  integration: string,
  path: string,
  options: PaginateOptions,
): AsyncGenerator<Item, void, undefined>;
