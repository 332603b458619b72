type Version = readonly [number, number, number];

function parseVersion(text: string): Version | null {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/u.exec(text.trim());
  return match === null ? null : [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '>=': (order) => order >= 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '<': (order) => order < 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};

/** Whether a version lies in a range such as `>=0.1,<0.2`; a range that cannot be read contains nothing. */
export function satisfies(version: string, range: string): boolean {
  const actual = parseVersion(version);
  if (actual === null) return false;
  return range.split(',').every((clause) => {
    const match = /^\s*(>=|<=|==|!=|>|<)(.+)$/u.exec(clause);
    const bound = match === null ? null : parseVersion(match[2] ?? '');
    return bound !== null && (OPERATORS[match?.[1] ?? '']?.(compare(actual, bound)) ?? false);
  });
}
