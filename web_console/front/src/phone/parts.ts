/** What this page shows later than its first picture, in one file: a call, a task, the SOS, the ways in, the self-test. */
import './parts.words'

export { default as SignIn } from '../lib/SignIn.svelte'
export { default as Bind } from './Bind.svelte'
export { default as Consent } from './Consent.svelte'
export { default as Fresh } from './Fresh.svelte'
export { default as Going } from './Going.svelte'
export { default as Lacks } from './Lacks.svelte'
export { default as Led } from './Led.svelte'
export { default as OpenCall } from './OpenCall.svelte'
export { default as SelfTest } from './SelfTest.svelte'
export { default as Sos } from './Sos.svelte'
export { default as SosState } from './SosState.svelte'
