const SLOTS = ['dashboard.main', 'dashboard.aside', 'profile.main', 'app.header', 'course.action', 'course.aside', 'lesson.after'];
const PLACES = ['main', 'user', 'admin'];

/**
 * @param {readonly string[]} values
 * @returns {string | undefined}
 */
function firstRepeated(values) {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/**
 * Refuses contributions that the host could not draw, and says which.
 *
 * @param {import('@questline/ui-sdk').Contributions} contributions
 */
export function checkContributions({ routes = [], navigation = [], slots = [], blocks = [] }) {
  /** @type {string[]} */
  const problems = [];
  for (const { path } of routes) {
    if (path.startsWith('/')) problems.push(`route "${path}": write the path without the leading slash`);
  }
  for (const { to, icon, place = 'main' } of navigation) {
    if (to.startsWith('/')) problems.push(`navigation "${to}": write the path without the leading slash`);
    if (!/^[Mm]/u.test(icon)) problems.push(`navigation "${to}": the icon must be the "d" of an SVG path`);
    if (!PLACES.includes(place)) problems.push(`navigation "${to}": the place must be one of ${PLACES.join(', ')}`);
    if (!routes.some(({ path }) => path === to)) problems.push(`navigation "${to}": there is no route with this path`);
  }
  for (const { slot } of slots) {
    if (!SLOTS.includes(slot)) problems.push(`slot "${slot}": the slots are ${SLOTS.join(', ')}`);
  }
  const route = firstRepeated(routes.map(({ path }) => path));
  if (route !== undefined) problems.push(`route "${route}" is there twice`);
  const block = firstRepeated(blocks.map(({ type }) => type));
  if (block !== undefined) problems.push(`block "${block}" is there twice`);
  if (problems.length > 0) throw new Error(`The contributions are not valid:\n- ${problems.join('\n- ')}`);
}
