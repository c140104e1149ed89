// Asks two verifiers by other people about the badge and the status list on standard input, without any network.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {verifyCredential} from '@digitalcredentials/verifier-core';
import {securityLoader} from '@digitalcredentials/security-document-loader';
import {readFileSync} from 'node:fs';

const {badge, list} = JSON.parse(readFileSync(0, 'utf8'));
const listUrl = badge.credentialStatus.statusListCredential;

// The status list is the only thing that would come from the site.
globalThis.fetch = async request => {
  if(String(request.url ?? request) !== listUrl) {
    return new Response('', {status: 404});
  }
  return new Response(JSON.stringify(list), {headers: {'content-type': 'application/json'}});
};
const known = securityLoader().build();
const documentLoader = async url => url === listUrl ?
  {contextUrl: null, documentUrl: url, document: list} : known(url);

const suite = new DataIntegrityProof({cryptosuite});
const first = await vc.verifyCredential({
  credential: badge, suite, documentLoader,
  checkStatus: options => checkStatus({...options, suite, documentLoader, verifyStatusListCredential: true}),
});
const second = await verifyCredential({credential: badge, knownDIDRegistries: []});
console.log(JSON.stringify({
  first: {verified: first.verified, revoked: first.statusResult?.results?.map(entry => entry.status)},
  second: Object.fromEntries((second.log ?? []).map(step => [step.id, step.valid])),
  errors: [String(first.error?.errors?.[0] ?? first.error ?? ''), second.errors ?? ''],
}));
