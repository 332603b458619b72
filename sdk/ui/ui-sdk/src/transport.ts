/** Sends one request; the host adds the access token and renews it. */
export type Transport = (request: Request) => Promise<Response>;

let transport: Transport = (request) => fetch(request);

/** Makes every API call go through the host's transport. */
export function setTransport(next: Transport): void {
  transport = next;
}

/** Sends a request as the signed-in user; for what RTK Query does not fit, such as downloads. */
export function authorizedFetch(input: string, init?: RequestInit): Promise<Response> {
  return transport(new Request(new URL(input, globalThis.location.origin), init));
}

/** Sends a prepared request through the current transport. */
export function sendRequest(request: Request): Promise<Response> {
  return transport(request);
}
