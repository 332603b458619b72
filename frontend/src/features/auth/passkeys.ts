import type { Offer, PasskeyAnswer } from '../../api/index.ts';

/** Whether this browser can use passkeys at this address: they need a host name and a secure page. */
export function passkeysWork(): boolean {
  const address = /^[\d.]+$|:/u.test(globalThis.location.hostname);
  return globalThis.isSecureContext && !address && 'PublicKeyCredential' in globalThis;
}

function answered(ticket: string, credential: Credential | null): PasskeyAnswer | null {
  return credential instanceof PublicKeyCredential
    ? { ticket, credential: credential.toJSON() as unknown as PasskeyAnswer['credential'] }
    : null;
}

/** Runs a question to the browser; null when its user says no. */
async function unlessRefused(question: () => Promise<PasskeyAnswer | null>): Promise<PasskeyAnswer | null> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Lets the browser make a passkey; null when its user says no. */
export function createPasskey({ ticket, options }: Offer): Promise<PasskeyAnswer | null> {
  return unlessRefused(async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    );
    return answered(ticket, await navigator.credentials.create({ publicKey }));
  });
}

/** Lets the browser sign with a passkey; null when its user says no. */
export function askPasskey({ ticket, options }: Offer): Promise<PasskeyAnswer | null> {
  return unlessRefused(async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    );
    return answered(ticket, await navigator.credentials.get({ publicKey }));
  });
}
