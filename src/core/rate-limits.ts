/** What a provider says of one of its limits. */
export interface RateBudget {
  limit: number;
  remaining: number;
  /** Until all of it is there again, in milliseconds. */
  resetMs: number;
}

/** What the headers of a reply say of the provider's limits; null where they say nothing. */
export interface RateLimits {
  requests: RateBudget | null;
  tokens: RateBudget | null;
}
