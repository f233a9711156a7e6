/** The forms in which a webhook may take a scoreboard. */
export const webhookForms = ['slack', 'discord', 'json'] as const;
export type WebhookForm = (typeof webhookForms)[number];
