// Helpers of the official declarations, for apps that use them.

/** The methods of `T`, by name. */
export type FunctionPropertyNames<T> = {
  [K in keyof T]: T[K] extends Function ? K : never;
}[keyof T];

type NonFunctionPropertyNames<T> = {
  [K in keyof T]: T[K] extends Function ? never : K;
}[keyof T];

/** `T` without its methods. */
export type NonFunctionProperties<T> = Pick<T, NonFunctionPropertyNames<T>>;

/** What a promise resolves to. */
export type UnwrapPromise<T> = T extends PromiseLike<infer U> ? U : T;

/** `T` with nothing in it optional or null, at any depth. */
export type NonNullUndefinedField<T> = {
  [P in keyof T]-?: NonNullUndefinedField<NonNullable<T[P]>>;
};

export {};
