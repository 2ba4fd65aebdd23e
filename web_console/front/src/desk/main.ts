import './words'
import { start } from '../lib/start'
import '../paper.css'
import App from './App.svelte'

start(App)
