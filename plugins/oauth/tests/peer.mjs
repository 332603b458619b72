/**
 * oidc-provider as a company's identity provider: `node peer.mjs`, told what to do by `POST /test`.
 *
 * It prints its address once it listens. `{"clients": [...]}` registers redirect addresses, `{"people": {...}}` says whom
 * there are, `{"rotate": true}` signs with a new key from then on, and `{"spoil": {...}}` alters the next ID token.
 */
import { createServer } from 'node:http';
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const state = { people: {}, redirects: [], keys: [], spoil: null, provider: null, serve: null };

async function newKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: crypto.randomUUID() };
  return { jwk, privateKey };
}

function build(issuer) {
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'questline', client_secret: 'a secret of the peer', redirect_uris: state.redirects },
      { client_id: 'public', token_endpoint_auth_method: 'none', redirect_uris: state.redirects },
    ],
    jwks: { keys: [state.keys.at(-1).jwk] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only a test'] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    acrValues: [],
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@peer.example`, email_verified: true, ...state.people[id] }),
    }),
  });
  state.provider = provider;
  state.serve = provider.callback();
}

async function spoiled(token, change) {
  const { header = {}, unsigned = false, foreign = false, ...claims } = change;
  const payload = { ...decodeJwt(token), ...claims };
  for (const [name, value] of Object.entries(payload)) if (value === null) delete payload[name];
  if (unsigned) return new UnsecuredJWT(payload).encode();
  const key = foreign ? await newKey() : state.keys.at(-1);
  if (header.alg === 'HS256') {
    return new SignJWT(payload).setProtectedHeader(header).sign(new TextEncoder().encode('a secret of the peer'.padEnd(32)));
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: state.keys.at(-1).jwk.kid, ...header }).sign(key.privateKey);
}

async function readBody(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function obey(request, response, issuer) {
  const { redirects, people, rotate, spoil } = JSON.parse(await readBody(request));
  if (redirects) state.redirects = [...new Set([...state.redirects, ...redirects])];
  if (people) Object.assign(state.people, people);
  if (rotate) state.keys.push(await newKey());
  if (redirects || rotate) build(issuer);
  state.spoil = spoil ?? null;
  response.writeHead(204).end();
}

/** Alters the ID token in the answer of the token endpoint. */
function spoilAnswer(response) {
  const change = state.spoil;
  state.spoil = null;
  const end = response.end.bind(response);
  response.end = (body) => {
    void sendSpoiled(JSON.parse(body));
    return response;
  };
  async function sendSpoiled(given) {
    const text = JSON.stringify({ ...given, id_token: await spoiled(given.id_token, change) });
    response.setHeader('content-length', Buffer.byteLength(text));
    end(text);
  }
}

const server = createServer((request, response) => {
  if (request.url === '/test') {
    void obey(request, response, issuer);
    return;
  }
  if (request.url === '/token' && state.spoil) spoilAnswer(response);
  state.serve(request, response);
});
let issuer;
state.keys.push(await newKey());
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  issuer = `http://localhost:${server.address().port}`;
  state.redirects = ['http://localhost/unused'];
  build(issuer);
  process.stdout.write(`${issuer}\n`);
});
