// Runs before the first paint: the chosen colour scheme and stillness, so that nothing flashes.
// The keys are COLOR_SCHEME_KEY and MOTION_KEY of src/design/theme.
(() => {
  const root = document.documentElement;
  let mode = null;
  let motion = null;
  try {
    mode = localStorage.getItem('questline-color-scheme');
    motion = localStorage.getItem('questline-motion');
  } catch {
    // Storage is blocked: follow the device.
  }
  // In the theme editor's frame the editor says which scheme; see src/app/preview.
  const preview = window === parent ? null : new URLSearchParams(location.search).get('preview');
  if (preview !== null) mode = preview;
  const dark = mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.colorScheme = dark ? 'dark' : 'light';
  if (motion === 'reduced') root.dataset.motion = 'reduced';
})();
