/** What is wrong with one field of a request. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A failed request, from RFC 9457 problem details or from the browser. */
export interface ApiProblem {
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  /** Stable name of the error, for example `not_enrolled`; `network` when no answer came. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors: readonly FieldError[];
  readonly requestId?: string;
}

/** Says whether a value, for example the `error` of a query, is an `ApiProblem`. */
export function isApiProblem(value: unknown): value is ApiProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    'code' in value &&
    'errors' in value &&
    typeof value.code === 'string' &&
    Array.isArray(value.errors)
  );
}

/** The message for one field of a form, if the problem names that field. */
export function fieldError(problem: unknown, field: string): string | undefined {
  return isApiProblem(problem) ? problem.errors.find((error) => error.field === field)?.message : undefined;
}

/** Reads an error body, problem details or not, into an `ApiProblem`. */
export function toProblem(status: number, body: unknown): ApiProblem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const detail = text('detail');
  const requestId = text('request_id');
  return {
    status,
    code: text('code') ?? (status === 0 ? 'network' : `http_${status}`),
    title: text('title') ?? '',
    errors: Array.isArray(fields.errors) ? (fields.errors as FieldError[]) : [],
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
