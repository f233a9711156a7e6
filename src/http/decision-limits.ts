/** How many characters a decision's author and reason may have. */
export const decisionLimits = { by: 100, reason: 10_000 };
