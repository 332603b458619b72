/** The shortest password the server takes. */
export const SHORTEST_PASSWORD = 10;

/** What stands below a new password: the rule while it is broken, else what the server says, else the rule as a hint. */
export function passwordHelp(password: string, problem: string | undefined, rule: string): string {
  return problem === undefined || password.length < SHORTEST_PASSWORD ? rule : problem;
}
