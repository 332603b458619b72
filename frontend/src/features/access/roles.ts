/** The roles a person can have, those with the fewest rights first. */
export const ROLES = ['guest', 'learner', 'instructor', 'author', 'admin', 'owner'] as const;
