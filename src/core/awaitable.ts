/** What is there at once, or comes later. */
export type Awaitable<T> = T | Promise<T>;

/** A port whose adapter answers at once, as one in this process can. */
export type AtOnce<Port> = {
  [Name in keyof Port]: Port[Name] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Awaited<Result>
    : Port[Name];
};
