import './words'
import { start } from '../lib/start'
import App from './App.svelte'
import { phone } from './phone.svelte'

/** Drawn once it is known who this is, unless that takes long: a weak phone draws nothing twice. */
const LONG_MS = 1_000
void Promise.race([phone.begin(), new Promise((done) => setTimeout(done, LONG_MS))]).finally(() => start(App))
