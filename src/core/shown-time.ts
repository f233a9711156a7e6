/** A moment as it is shown to people wherever they are: to the minute, in UTC. @param at ISO 8601, in UTC */
export function shownTime(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
