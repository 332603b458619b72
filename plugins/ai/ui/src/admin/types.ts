/** A provider's model by name. */
export interface ModelRef {
  readonly provider: string;
  readonly model: string;
}

/** A model with its price, and whether it rests after failures. */
export interface AiModel {
  readonly name: string;
  readonly title: string;
  readonly capabilities: readonly string[];
  readonly context_tokens: number | null;
  readonly price: { readonly currency: string; readonly version: string; readonly input_micros: number; readonly output_micros: number } | null;
  readonly circuit: string;
}

/** A provider of the plugins that are on; without models where it is not configured. */
export interface AiProvider {
  readonly name: string;
  readonly title: string;
  readonly sample: boolean;
  readonly models: readonly AiModel[];
}

/** What a provider said when it was tried. */
export interface AiTest {
  readonly usable: boolean;
  readonly detail: string;
  readonly latency_ms: number;
}

/** A capability, the tenant's order of models for it, and who is asked in fact. */
export interface AiMapped {
  readonly capability: string;
  readonly choices: readonly ModelRef[];
  readonly effective: readonly ModelRef[];
}

/** What a budget counts. */
export type BudgetScope = 'tenant' | 'course' | 'user' | 'each_user';

/** A budget as it is sent. */
export interface BudgetDraft {
  readonly scope: BudgetScope;
  readonly limit_micros: number;
  readonly currency: string;
  readonly course_id: string | null;
  readonly user_id: string | null;
  readonly enabled: boolean;
}

/** A budget and how far this month's is used. */
export interface Budget extends BudgetDraft {
  readonly id: string;
  readonly spent_micros: number;
  readonly reserved_micros: number;
}

/** Texts of a template by locale. */
export interface Texts {
  readonly system: Readonly<Record<string, string>>;
  readonly user: Readonly<Record<string, string>>;
}

/** A template in the list. */
export interface TemplateCard {
  readonly id: string;
  readonly title: string;
  readonly placement: string;
  readonly version: string;
  readonly overridden: boolean;
  readonly variables: readonly { readonly name: string; readonly type: string; readonly required: boolean; readonly description: string }[];
}

/** A template with its texts and the tenant's versions, newest first. */
export interface Template {
  readonly card: TemplateCard;
  readonly plugin: Texts;
  readonly current: Texts;
  readonly versions: readonly { readonly version: number; readonly texts: Texts | null; readonly created_at: string }[];
}

/** What a report is grouped by. */
export type SpendGroup = 'provider' | 'model' | 'template' | 'course' | 'placement';

/** Calls of one group in one currency. */
export interface SpendRow {
  readonly key: string;
  readonly currency: string;
  readonly calls: number;
  readonly errors: number;
  readonly cached: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly quality: number | null;
}

/** A report of a period. */
export interface Spend {
  readonly since: string;
  readonly until: string;
  readonly rows: readonly SpendRow[];
  readonly totals: readonly SpendRow[];
  readonly days: readonly SpendRow[];
}
