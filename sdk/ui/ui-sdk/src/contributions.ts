/** Text in several languages; `en` is always there and is the fallback. */
export interface LocalizedText {
  readonly en: string;
  readonly [language: string]: string;
}

/** Where a navigation item is drawn. */
export type NavigationPlace = 'main' | 'user' | 'admin';

/** The places of the host that plugins can draw into. */
export type SlotName =
  | 'dashboard.main'
  | 'dashboard.aside'
  | 'profile.main'
  | 'app.header'
  | 'course.action'
  | 'course.aside'
  | 'lesson.after';

/** A page of a plugin, shown under `/x/<plugin-id>/<path>`. */
export interface RouteContribution {
  /** Path below `/x/<plugin-id>/`, with `:name` parameters; `''` is the plugin's start page. */
  readonly path: string;
  /** Name of the view in `definePlugin({views})`. */
  readonly view: string;
  /** Title of the browser tab. */
  readonly title?: LocalizedText;
  /** Who may open it; without it, everybody who is signed in. */
  readonly permission?: string;
}

/** A link that the host draws without loading the plugin's code. */
export interface NavigationContribution {
  /** Path below `/x/<plugin-id>/`; `''` is the plugin's start page. */
  readonly to: string;
  readonly label: LocalizedText;
  /** The `d` attribute of a 24 by 24 SVG path. */
  readonly icon: string;
  readonly place?: NavigationPlace;
  /** Smaller comes first; the default is 100. */
  readonly order?: number;
  readonly permission?: string;
}

/** A view drawn into a named place of the host. */
export interface SlotContribution {
  readonly slot: SlotName;
  readonly view: string;
  readonly order?: number;
  readonly permission?: string;
}

/** The view for one type of lesson block. */
export interface BlockContribution {
  /** Block type as core knows it, for example `assessments.quiz`. */
  readonly type: string;
  readonly view: string;
}

/** What the host does when a live message of a topic arrives, even before the plugin's code is loaded. */
export interface LiveContribution {
  readonly topic: string;
  /** RTK Query tags whose cached answers are fetched again. */
  readonly invalidates?: readonly string[];
  /** Load the plugin and ask `definePlugin({celebrations})[topic]` for a celebration. */
  readonly celebrates?: boolean;
}

/** Everything a plugin adds to the user interface, as data. */
export interface Contributions {
  readonly routes?: readonly RouteContribution[];
  readonly navigation?: readonly NavigationContribution[];
  readonly slots?: readonly SlotContribution[];
  readonly blocks?: readonly BlockContribution[];
  readonly live?: readonly LiveContribution[];
}
