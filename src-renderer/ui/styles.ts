/** The global styles in their order: tokens, reset, then the surfaces that several components share. */
import './tokens.css'
import './base.css'
import './field.css'
import './menu.css'
