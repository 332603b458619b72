export { type HostOptions, renderInHost } from './testing/render.tsx';
