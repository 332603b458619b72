/** What somebody says to one version of a document while they sign up. */
export interface ConsentAnswer {
  readonly kind: string;
  readonly version: number;
  readonly given: boolean;
}
