/** A page begins: its colours and type, then what it shows. */
import { mount, type Component } from 'svelte'
import '../tokens.css'
import '../base.css'
import { holdFocus } from './focus'

export function start(App: Component): void {
  const target = document.getElementById('app')
  if (!target) throw new Error('no #app')
  target.replaceChildren() // what stood there before any script
  holdFocus()
  mount(App, { target })
}
