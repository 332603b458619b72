/** English texts of the SDK's own components, namespace `sdk`. */
export const en = {
  retry: 'Try again',
  loading: 'Loading',
  error_title: 'This could not be loaded',
  plugin_failed: '{{title}} could not be shown here',
  plugin_failed_detail: 'Plugin {{id}} {{version}}: {{error}}',
  block_unknown: 'This part of the lesson needs a plugin that is not available: {{type}}',
  level: 'Level {{number}}: {{title}}',
  level_missing: '{{points}} to {{title}}',
  level_highest: 'Highest level',
  points_one: '{{points}} point',
  points_other: '{{points}} points',
  problems: {
    network: 'No connection to the server. Check your network and try again.',
    unknown: 'Something went wrong. Try again in a moment.',
    http_403: 'You are not allowed to see this.',
    http_404: 'This does not exist, or no longer.',
    http_429: 'Too many requests. Wait a moment and try again.',
    http_500: 'The server made an error. It has been recorded.',
  },
};

/** German texts of the SDK's own components. */
export const de: typeof en = {
  retry: 'Erneut versuchen',
  loading: 'Wird geladen',
  error_title: 'Das konnte nicht geladen werden',
  plugin_failed: '{{title}} kann hier nicht angezeigt werden',
  plugin_failed_detail: 'Plugin {{id}} {{version}}: {{error}}',
  block_unknown: 'Dieser Teil der Lektion braucht ein Plugin, das nicht verfügbar ist: {{type}}',
  level: 'Stufe {{number}}: {{title}}',
  level_missing: 'noch {{points}} bis {{title}}',
  level_highest: 'Höchste Stufe',
  points_one: '{{points}} Punkt',
  points_other: '{{points}} Punkte',
  problems: {
    network: 'Keine Verbindung zum Server. Prüfe dein Netz und versuche es erneut.',
    unknown: 'Etwas ist schiefgegangen. Versuche es gleich noch einmal.',
    http_403: 'Das darfst du nicht sehen.',
    http_404: 'Das gibt es nicht, oder nicht mehr.',
    http_429: 'Zu viele Anfragen. Warte einen Moment und versuche es erneut.',
    http_500: 'Der Server hat einen Fehler gemacht. Er wurde aufgezeichnet.',
  },
};
