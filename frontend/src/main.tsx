import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Providers } from './app/Providers.tsx';
import './app/splash.css';
import { previewScheme } from './app/preview/preview.ts';
import { makeRouter } from './app/router.tsx';
import { start } from './app/start.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');

async function run(element: HTMLElement): Promise<void> {
  await start();
  const router = makeRouter();
  if (previewScheme !== null) await (await import('./app/preview/guest.ts')).showDraft(router);
  createRoot(element).render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
}

// Not a top-level await: code that is fetched meanwhile, such as German texts, waits for this module itself.
void run(root);
