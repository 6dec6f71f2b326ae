/** A text whose tables of ratios have their bars before them. */
export declare function withPlots(markdown: string): string;
