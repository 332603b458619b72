import { authorizedFetch } from '@questline/ui-sdk';

/** Fetches a file as the signed-in reader and hands it to the browser; says whether it came. */
export async function download(path: string, name: string): Promise<boolean> {
  const response = await authorizedFetch(path).catch(() => undefined);
  if (response?.ok !== true) return false;
  const url = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
  return true;
}
