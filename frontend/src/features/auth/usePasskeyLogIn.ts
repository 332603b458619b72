import { useBeginPasskeyLogInMutation, useLogInWithPasskeyMutation } from '../../api/index.ts';
import type { SessionAnswer } from '../../app/session/tokens.ts';
import { askPasskey } from './passkeys.ts';

interface PasskeyLogIn {
  readonly logIn: () => Promise<void>;
  readonly error: unknown;
}

/** Signing in with a passkey alone. */
export function usePasskeyLogIn(enter: (answer: SessionAnswer) => Promise<void>): PasskeyLogIn {
  const [begin, { error: refused }] = useBeginPasskeyLogInMutation();
  const [finish, { error }] = useLogInWithPasskeyMutation();
  const logIn = async (): Promise<void> => {
    const offer = await begin();
    if (offer.data === undefined) return;
    const passkey = await askPasskey(offer.data);
    if (passkey === null) return;
    const answer = await finish(passkey);
    if (answer.data !== undefined) await enter(answer.data);
  };
  return { logIn, error: refused ?? error };
}
