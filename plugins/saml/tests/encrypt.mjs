// Encrypts what comes on standard input with npm's xml-encryption, as identity providers in Node do.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [, , certificate, content, key] = process.argv;
const pem = readFileSync(certificate, 'utf8');
const options = {
  rsa_pub: createPublicKey(pem).export({ type: 'spki', format: 'pem' }),
  pem,
  encryptionAlgorithm: content,
  keyEncryptionAlgorithm: key,
  disallowEncryptionWithInsecureAlgorithm: false,
  warnInsecureAlgorithm: false,
};
require('xml-encryption').encrypt(readFileSync(0, 'utf8'), options, (error, encrypted) => {
  if (error) throw error;
  process.stdout.write(encrypted);
});
