/** Of every text in the repository that is on the site, its page. */
export declare const places: Map<string, string>;
