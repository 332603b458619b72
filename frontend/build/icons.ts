import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';

const publicFolder = new URL('../public/', import.meta.url);

/** Draws the PNG icons of the installable application from logo.svg. */
async function drawIcons(): Promise<void> {
  const logo = await readFile(new URL('logo.svg', publicFolder), 'utf8');
  const maskable = await readFile(new URL('logo-maskable.svg', publicFolder), 'utf8');
  await mkdir(new URL('icons/', publicFolder), { recursive: true });
  const sizes = [
    ['192', logo, 192],
    ['512', logo, 512],
    ['maskable-512', maskable, 512],
    ['apple-180', maskable, 180],
  ] as const;
  for (const [name, svg, width] of sizes) {
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng();
    await writeFile(new URL(`icons/${name}.png`, publicFolder), png);
  }
}

await drawIcons();
