/** The global styles in order: tokens, reset, then the surfaces shared by several components. */
import './tokens.css'
import './base.css'
import './field.css'
import './menu.css'
